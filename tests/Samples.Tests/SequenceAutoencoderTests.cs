using NUnit.Framework;
using SequenceAutoencoder;
using Shouldly;

namespace FastNets.Samples.Tests;

public class SequenceAutoencoderTests
{
    private static readonly Sample Sample = new(typeof(Autoencoder));

    [Test]
    public void It_prints_a_line_for_each_size_and_form()
    {
        string[] lines = Sample.Run("1");
        lines.Length.ShouldBe(9);
        lines[0].ShouldStartWith("hidden   5, raw        : below 0.0001 not within 1000 steps, 0 of 1 seeds; loss at the end 1.");
        lines[^1].ShouldStartWith("hidden 100, as posted  : below 0.0001 after 2");
    }

    [Test]
    public void The_generated_files_that_it_shows_are_those_that_are_written_now() => Sample.ShouldShowWhatIsWritten();

    [Test]
    public void Sums_of_the_differences_give_the_sequence_back()
    {
        float[] sums = IcewsSequence.Differences();
        for (int i = IcewsSequence.Features; i < sums.Length; i++) sums[i] += sums[i - IcewsSequence.Features];
        sums.ShouldBe(IcewsSequence.Raw(), tolerance: 1e-6);
    }

    [Test]
    public void The_form_that_was_posted_differs_in_its_first_step_only()
    {
        float[] posted = IcewsSequence.DifferencesAsPosted();
        posted[..5].ShouldBe([-0.0157f, -0.0269f, 0.0141f, -0.0793f, 0.0921f], tolerance: 1e-6);
        posted[5..].ShouldBe(IcewsSequence.Differences()[5..]);
    }

    // What PyTorch needs with the same settings: 942 steps on the raw sequence, 215 on the differences as posted; 5 and 10 units end at 1.05e-3 and 8.3e-4.
    [Test]
    [Category("Slow")]
    public void A_hundred_units_can_repeat_the_sequence()
    {
        Overfitting.Median(IcewsSequence.Raw(), hidden: 100, seeds: 5).Step.ShouldNotBeNull().ShouldBeInRange(500, 1000);
        Overfitting.Median(IcewsSequence.Differences(), hidden: 100, seeds: 5).Step.ShouldNotBeNull().ShouldBeInRange(100, 350);
        Overfitting.Median(IcewsSequence.DifferencesAsPosted(), hidden: 100, seeds: 5).Step.ShouldNotBeNull().ShouldBeInRange(100, 350);
    }

    [TestCase(5, 0.9e-3, 1.2e-3)]
    [TestCase(10, 0.7e-3, 1.0e-3)]
    [Category("Slow")]
    public void A_small_state_cannot_hold_it(int hidden, double low, double high)
    {
        (int? _, int reached, float loss) = Overfitting.Median(IcewsSequence.Raw(), hidden, seeds: 5);
        reached.ShouldBe(0);
        loss.ShouldBeInRange((float)low, (float)high);
        Overfitting.Median(IcewsSequence.Differences(), hidden, seeds: 5).Reached.ShouldBe(0);
    }
}
