using FastNets.Classification;
using FastNets.Data;
using FastNets.Engine.Tests.Classification;
using FastNets.Memory;
using FastNets.Rocket;
using FastNets.Tests.Shared;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Training;

/// <summary>Features that a source computes for each batch.</summary>
public sealed class TransformSourceTests
{
    private static readonly SeriesSet Set = ClassifierCases.Waves(66, 2, 12, 40);
    private static readonly MiniRocket Rocket = MiniRocket.Fit(Set, new MiniRocketOptions { Features = 168 });

    [Test]
    public void A_batch_gets_the_features_of_its_series([Values] bool scaled, [Values(1, 15, 16, 40)] int batch)
    {
        using FeatureMatrix features = Rocket.Transform(Set);
        StandardScaler? scaler = scaled ? StandardScaler.Fit(features) : null;
        scaler?.Apply(features);
        using NetworkHead head = NetworkHead.Create(ClassifierKind.Softmax, Rocket.FeatureCount, 3, seed: 1, batch);
        int[] rows = [.. Enumerable.Range(0, batch).Select(i => i * 29 % Set.Count)];
        TrainingSource.FromTransform(Set, Rocket, scaler).Put(head.Network, rows);
        for (int i = 0; i < batch; i++)
        {
            head.Network.InputRows(batch).Slice(i * Rocket.FeatureCount, Rocket.FeatureCount).ToArray().ShouldBe(features.Row(rows[i]).ToArray());
            head.Network.LabelRows(batch)[i].ShouldBe(Set.Labels[rows[i]]);
        }
    }

    [Test]
    public void A_step_allocates_nothing([Values(8, 32)] int batch)
    {
        // Of one length, so that no thread meets a longer series than before.
        SeriesSet set = ClassifierCases.Waves(66, 2, 30, 30);
        MiniRocket rocket = MiniRocket.Fit(set, new MiniRocketOptions { Features = 168 });
        StandardScaler scaler = StandardScaler.Fit(rocket.FeatureCount, take => rocket.TransformChunks(set, (_, _, rows) => take(rows)));
        using NetworkHead head = NetworkHead.Create(ClassifierKind.Head, rocket.FeatureCount, 3, seed: 1, batch);
        using NoCollections quiet = NoCollections.Begin();
        var observer = new StepAllocations();
        Trainer.Fit(head.Network, TrainingSource.FromTransform(set, rocket, scaler), null, new Adam(), new TrainerOptions { Epochs = 5, BatchSize = batch, Callbacks = [observer] });
        observer.WithinEpochs.ShouldBe(0);
        observer.Steps.ShouldBe(3 * (66 / batch));
    }

    [Test]
    public void Values_can_be_targets()
    {
        using var targets = new FeatureMatrix(Set.Count, 4);
        TrainingSource source = TrainingSource.FromTransform(Set, Rocket, null, targets);
        (source.Count, source.RowLength, source.TargetLength).ShouldBe((Set.Count, 168, 4));
        using var fewer = new FeatureMatrix(2, 4);
        Should.Throw<ArgumentException>(() => TrainingSource.FromTransform(Set, Rocket, null, fewer)).Message.ShouldContain("2 rows of targets");
    }

    [Test]
    public void What_does_not_fit_is_refused_at_once()
    {
        Should.Throw<DataFormatException>(() => TrainingSource.FromTransform(ClassifierCases.Waves(6, 3, 12, 40), Rocket)).Message.ShouldContain("3 channels");
        Should.Throw<ArgumentException>(() => TrainingSource.FromTransform(Set, Rocket, new StandardScaler([0], [1]))).Message.ShouldContain("the scaler has 1");
        var unlabelled = new SeriesSet("unlabelled", 2, [10], new float[20], [], []);
        Should.Throw<DataFormatException>(() => TrainingSource.FromTransform(unlabelled, Rocket)).Message.ShouldContain("no labels");
    }
}
