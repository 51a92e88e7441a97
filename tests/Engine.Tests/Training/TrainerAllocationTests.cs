using FastNets.Classification;
using FastNets.Classification.Networks;
using FastNets.Engine.Tests.Training.Optimizers;
using FastNets.Memory;
using FastNets.Tests.Shared;
using FastNets.Training;
using FastNets.Training.Callbacks;
using FastNets.Training.Optimizers;
using FastNets.Training.Schedules;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Training.TrainingCases;

namespace FastNets.Engine.Tests.Training;

public sealed class TrainerAllocationTests
{
    [Test]
    public void A_step_allocates_nothing(
        [Values(ClassifierKind.Softmax, ClassifierKind.Sigmoid, ClassifierKind.Head, ClassifierKind.HeadL1, ClassifierKind.Mlp)] ClassifierKind kind)
    {
        const int Count = 66;
        const int Inputs = 40;
        var x = new FeatureMatrix(Count, Inputs);
        int[] labels = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            labels[i] = i % 3;
            x.Row(i).Fill(labels[i]);
            x.Row(i)[i % Inputs] = 5;
        }

        using NetworkHead head = NetworkHead.Create(kind, Inputs, 3, seed: 1, batchSize: 8);
        using NoCollections quiet = NoCollections.Begin();
        var observer = new StepAllocations();
        Trainer.Fit(head.Network, TrainingSource.FromFeatures(x, labels), null, new Adam(), new TrainerOptions { Epochs = 6, BatchSize = 8, Callbacks = [observer] });
        observer.WithinEpochs.ShouldBe(0);
        observer.Steps.ShouldBe(4 * 8);
    }

    [Test]
    public void A_step_with_everything_allocates_nothing(
        [Range(0, 5)] int rule, [Values] GradientClippingKind clipping, [Values(1, 3)] int accumulation)
    {
        using RocketHead network = Normalized();
        Optimizer optimizer = OptimizerCases.Rules.ElementAt(rule)(
            GradientClippingTests.Clipping(clipping, 0.1f), [ParameterGroup.NoDecayOnBiasesAndNorms(), ParameterGroup.Frozen(p => p.Name.EndsWith("beta", StringComparison.Ordinal))]);
        using NoCollections quiet = NoCollections.Begin();
        var observer = new StepAllocations();
        Trainer.Fit(network, Source(66), Source(20, seed: 2), optimizer, new TrainerOptions
        {
            Epochs = 4,
            BatchSize = 8,
            AccumulationSteps = accumulation,
            Schedule = new WarmUp(4, new OneCycle()),
            Callbacks = [new WeightAveraging(), new EarlyStopping(patience: 9), observer],
        });
        observer.WithinEpochs.ShouldBe(0);
        observer.Steps.ShouldBe(2 * (accumulation == 1 ? 8 : 2));
    }
}
