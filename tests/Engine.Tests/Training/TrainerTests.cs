using FastNets.Classification.Networks;
using FastNets.Data;
using FastNets.Memory;
using FastNets.Threading;
using FastNets.Training;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training;

public sealed class TrainerTests
{
    [Test]
    public void Figures_are_those_of_a_loop_by_hand()
    {
        const int Count = 22;
        const int Batch = 8;
        (FeatureMatrix x, int[] labels) = Clouds(Count);
        using SoftmaxHead byHand = Softmax();
        using SoftmaxHead trained = Softmax();
        var adam = new Adam(0.05f);
        var order = new BatchSampler(Count, Batch, shuffle: true, seed: 9);
        var losses = new List<double>();
        var accuracies = new List<double>();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            order.StartEpoch(epoch);
            double loss = 0;
            int right = 0;
            for (int b = 0; b < order.BatchCount; b++)
            {
                int[] rows = order.Batch(b).ToArray();
                float[] batch = [.. rows.SelectMany(r => x.Row(r).ToArray())];
                int[] classes = [.. rows.Select(r => labels[r])];
                loss += byHand.TrainStep(batch, classes, adam).Loss * (double)rows.Length;
                float[] outputs = byHand.Outputs.ToArray();
                right += rows.Where((r, i) => Array.IndexOf(outputs, outputs[(i * Classes)..((i + 1) * Classes)].Max(), i * Classes, Classes) - (i * Classes) == labels[r]).Count();
            }

            losses.Add(loss / Count);
            accuracies.Add((double)right / Count);
        }

        TrainingHistory history = Trainer.Fit(
            trained, TrainingSource.FromFeatures(x, labels), null, new Adam(0.05f), new TrainerOptions { Epochs = 3, BatchSize = Batch, Seed = 9 });

        Weights(trained).ShouldBe(Weights(byHand));
        history.Epochs.Select(e => e.Loss).ShouldBe(losses);
        history.Epochs.Select(e => e.Accuracy!.Value).ShouldBe(accuracies);
        history.Epochs.Select(e => e.Epoch).ShouldBe([1, 2, 3]);
        history.Epochs.ShouldAllBe(e => e.LearningRate == 0.05f && e.Penalty == 0 && e.ValidationLoss == null && e.SamplesPerSecond > 0);
        history.Steps.ShouldBe(9);
        history.Cancelled.ShouldBeFalse();
    }

    [TestCase(10, 4, false, new[] { 4, 4, 2 })]
    [TestCase(10, 4, true, new[] { 4, 4 })]
    [TestCase(9, 4, false, new[] { 4, 4, 1 })]
    [TestCase(8, 4, false, new[] { 4, 4 })]
    [TestCase(3, 4, false, new[] { 3 })]
    public void A_last_batch_that_is_not_full_is_kept_or_dropped(int count, int batchSize, bool dropLast, int[] expected)
    {
        using SoftmaxHead network = Softmax();
        BatchSizes(network, count, batchSize, dropLast).ShouldBe(expected);
    }

    [TestCase(10, 4, new[] { 4, 4, 2 })]
    [TestCase(9, 4, new[] { 4, 3, 2 })]
    [TestCase(5, 2, new[] { 2, 2 })]
    [TestCase(4, 3, new[] { 2, 2 })]
    public void Batch_normalisation_never_sees_a_batch_of_one(int count, int batchSize, int[] expected)
    {
        using RocketHead network = Normalized();
        BatchSizes(network, count, batchSize, dropLast: false).ShouldBe(expected);
    }

    [Test]
    public void Each_epoch_takes_every_sample_once_in_an_order_of_its_own()
    {
        var plan = new BatchPlan(9, new TrainerOptions { BatchSize = 4, Seed = 5 }, needsTwo: true);
        int[] first = Order(plan, 1);
        int[] second = Order(plan, 2);
        first.Order().ShouldBe(Enumerable.Range(0, 9));
        second.Order().ShouldBe(Enumerable.Range(0, 9));
        second.ShouldNotBe(first);
        Order(plan, 1).ShouldBe(first);
        Order(new BatchPlan(9, new TrainerOptions { BatchSize = 4, Shuffle = false }, needsTwo: false), 2).ShouldBe(Enumerable.Range(0, 9));
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads()
    {
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            float[] one = Train(seed: 4);
            WorkerPool.Threads = 3;
            Train(seed: 4).ShouldBe(one);
            Train(seed: 5).ShouldNotBe(one);
        }
        finally
        {
            WorkerPool.Threads = threads;
        }

        static float[] Train(ulong seed)
        {
            using RocketHead network = Normalized();
            Trainer.Fit(network, Source(70), null, new Adam(), new TrainerOptions { Epochs = 2, BatchSize = 16, Seed = seed });
            return Weights(network);
        }
    }

    [Test]
    public void Validation_is_measured_after_each_epoch_and_changes_nothing()
    {
        TrainingSource validation = Source(31, seed: 2);
        using RocketHead with = Normalized();
        using RocketHead without = Normalized();
        var options = new TrainerOptions { Epochs = 2, BatchSize = 16 };
        TrainingHistory history = Trainer.Fit(with, Source(40), validation, new Adam(), options);
        Trainer.Fit(without, Source(40), null, new Adam(), options);
        Weights(with).ShouldBe(Weights(without));

        EvaluationResult measured = Trainer.Evaluate(with, validation);
        measured.Samples.ShouldBe(31);
        history.Epochs[^1].ValidationAccuracy.ShouldBe(measured.Accuracy);
        history.Epochs[^1].ValidationLoss!.Value.ShouldBe(measured.Loss, 1e-6);
        history.Epochs[0].ValidationLoss.ShouldNotBe(history.Epochs[1].ValidationLoss);
    }

    [Test]
    public void Clouds_that_lie_apart_are_learnt()
    {
        using RocketHead network = Normalized();
        TrainingHistory history = Trainer.Fit(network, Source(120), Source(60, seed: 8), new Adam(0.01f), new TrainerOptions { Epochs = 20, BatchSize = 16 });
        history.Epochs[^1].ValidationAccuracy!.Value.ShouldBeGreaterThan(0.95);
        history.Epochs[^1].Loss.ShouldBeLessThan(history.Epochs[0].Loss / 4);
    }

    [Test]
    public void Penalties_are_reported_apart_from_the_loss()
    {
        using var network = new RocketHeadL2(Features, Classes, 3, 16);
        float before = network.Penalty;
        TrainingHistory history = Trainer.Fit(network, Source(16), null, new Sgd(1e-6f), new TrainerOptions { Epochs = 1, BatchSize = 16 });
        history.Epochs[0].Penalty.ShouldBe(before, before * 1e-5);
        before.ShouldBeGreaterThan(0);
    }

    [Test]
    public void Numbers_are_learnt_without_an_accuracy()
    {
        (FeatureMatrix x, _) = Clouds(64);
        var targets = new FeatureMatrix(64, 1);
        for (int i = 0; i < 64; i++) targets.Row(i)[0] = (2 * x.Row(i)[0]) - x.Row(i)[3] + 0.5f;
        using var network = new Regression(Features, seed: 2);
        TrainingSource source = TrainingSource.FromFeatures(x, targets);
        TrainingHistory history = Trainer.Fit(network, source, source, new Adam(0.05f), new TrainerOptions { Epochs = 200, BatchSize = 16 });
        history.Epochs[^1].ValidationLoss!.Value.ShouldBeLessThan(1e-4);
        history.Epochs[^1].Accuracy.ShouldBeNull();
        history.Epochs[^1].ValidationAccuracy.ShouldBeNull();
    }

    [Test]
    public void One_hot_targets_train_as_labels_do()
    {
        (FeatureMatrix x, int[] labels) = Clouds(20);
        var oneHot = new FeatureMatrix(20, Classes);
        for (int i = 0; i < 20; i++) oneHot.Row(i)[labels[i]] = 1;
        using SoftmaxHead byLabel = Softmax();
        using SoftmaxHead byTarget = Softmax();
        var options = new TrainerOptions { Epochs = 3, BatchSize = 8 };
        TrainingHistory first = Trainer.Fit(byLabel, TrainingSource.FromFeatures(x, labels), null, new Adam(), options);
        TrainingHistory second = Trainer.Fit(byTarget, TrainingSource.FromFeatures(x, oneHot), null, new Adam(), options);
        second.Epochs[^1].Accuracy.ShouldBe(first.Epochs[^1].Accuracy);
        second.Epochs[^1].Loss.ShouldBe(first.Epochs[^1].Loss, 1e-5);
    }

    [Test]
    public void Series_train_as_their_values_in_rows_do()
    {
        (FeatureMatrix x, int[] labels) = Clouds(20);
        var set = new SeriesSet("clouds", 2, [.. Enumerable.Repeat(Features / 2, 20)], x.Buffer.Span(0, 20 * Features).ToArray(), labels, ["a", "b", "c"]);
        using SoftmaxHead rows = Softmax();
        using SoftmaxHead series = Softmax();
        var options = new TrainerOptions { Epochs = 2, BatchSize = 8 };
        Trainer.Fit(rows, TrainingSource.FromFeatures(x, labels), null, new Adam(), options);
        Trainer.Fit(series, TrainingSource.FromSeries(set), null, new Adam(), options);
        Weights(series).ShouldBe(Weights(rows));
    }

    [Test]
    public void Cancelling_finishes_the_step_and_keeps_what_was_done()
    {
        using var source = new CancellationTokenSource();
        using SoftmaxHead network = Softmax();
        var recorder = new Recorder { EachBatch = (_, b) => { if (b is { Epoch: 2, Batch: 2 }) source.Cancel(); } };
        TrainingHistory history = Trainer.Fit(network, Source(24), null, new Adam(), new TrainerOptions { Epochs = 5, BatchSize = 8, Callbacks = [recorder] }, source.Token);
        history.Cancelled.ShouldBeTrue();
        history.Epochs.Count.ShouldBe(1);
        history.Steps.ShouldBe(5);
        network.Steps.ShouldBe(5);
    }

    [Test]
    public void Cancelling_before_the_start_makes_no_step()
    {
        using SoftmaxHead network = Softmax();
        TrainingHistory history = Trainer.Fit(network, Source(24), null, new Adam(), new TrainerOptions(), new CancellationToken(canceled: true));
        history.Cancelled.ShouldBeTrue();
        history.Steps.ShouldBe(0);
    }

    [Test]
    public void A_callback_is_told_epochs_and_batches_in_order()
    {
        using SoftmaxHead network = Softmax();
        var recorder = new Recorder();
        TrainingHistory history = Trainer.Fit(network, Source(10), null, new Adam(), new TrainerOptions { Epochs = 2, BatchSize = 4, Callbacks = [recorder] });
        recorder.Starts.ShouldBe([(1, 2, 3), (2, 2, 3)]);
        recorder.Batches.Select(b => (b.Epoch, b.Batch)).ShouldBe([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]);
        recorder.Epochs.ShouldBe(history.Epochs);
        recorder.Batches[2].MeanLoss.ShouldBe(history.Epochs[0].Loss, 1e-12);
        recorder.Batches[2].Accuracy.ShouldBe(history.Epochs[0].Accuracy!.Value, 1e-12);
    }

    private static int[] BatchSizes(Network network, int count, int batchSize, bool dropLast)
    {
        var recorder = new Recorder();
        Trainer.Fit(network, Source(count), null, new Adam(), new TrainerOptions { Epochs = 1, BatchSize = batchSize, DropLast = dropLast, Callbacks = [recorder] });
        return [.. recorder.Batches.Select(b => b.Samples)];
    }

    private static int[] Order(BatchPlan plan, int epoch)
    {
        plan.Begin(epoch);
        var order = new List<int>();
        for (int b = 0; b < plan.Batches; b++) order.AddRange(plan.Rows(b));
        return [.. order];
    }
}
