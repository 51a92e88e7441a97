using System.Globalization;
using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Losses;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Losses that are functions of one element at a time.</summary>
public sealed class ElementLossTests
{
    private const int Steps = 3;

    private static readonly bool[] Both = [false, true];

    // A length of 0, one that is short, one that is too long, one below 0; more samples than a block has warps.
    private static readonly int[] Lengths = [2, 0, 1, 99, -3, 3, 1, 2, 3, 1];

    // Up to more columns than a warp takes, and than a part of a long sample has.
    [Test]
    public void All_settings([Values(3, 99, 1023, 1026, 4095, 9000)] int columns)
    {
        using var pair = new BackendPair();
        Places[] all =
        [
            .. from lengths in Both
               from missing in Both
               select new Places(pair, Lengths.Length, Steps, columns, lengths ? Lengths : null, missing),
        ];
        foreach (Places places in all)
        {
            foreach (bool sum in Both)
            {
                var settings = new ElementLossSettings(sum, places.MayMiss);
                pair.Run(places.Loss(default(SquaredError), settings));
                pair.Run(places.Loss(default(AbsoluteError), settings));
                pair.Run(places.Loss(new HuberError(0.7f), settings));
                pair.Run(places.Loss(default(BinaryCrossEntropy), settings));
            }
        }
    }

    [Test]
    public void One_column_a_sample([Values] bool missing, [Values(1, 8, 9, 300)] int batch)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, batch, 1, 1, null, missing);
        pair.Run(places.Loss(default(SquaredError), new ElementLossSettings(Sum: false, missing)));
    }

    // More samples than each block counts for itself, and than the blocks of a launch have warps.
    [TestCase(4097)]
    [TestCase(9000)]
    public void Many_samples(int batch)
    {
        foreach (bool missing in Both)
        {
            using var pair = new BackendPair();
            var places = new Places(pair, batch, 3, 3, [.. Enumerable.Range(0, batch).Select(i => i % 4)], missing);
            pair.Run(places.Loss(new HuberError(1), new ElementLossSettings(Sum: false, missing)));
        }
    }

    // More samples than a launch has blocks.
    [Test]
    public void Many_long_samples()
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 1030, 1, 1026, null, missing: true);
        pair.Run(places.Loss(default(SquaredError), new ElementLossSettings(Sum: false, IgnoreMissing: true)));
    }

    // More parts than a warp has lanes.
    [Test]
    public void Very_long_samples()
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 3, 1, 140_001, null, missing: true);
        pair.Run(places.Loss(default(SquaredError), new ElementLossSettings(Sum: false, IgnoreMissing: true)));
    }

    [Test]
    public void Without_gradient_and_in_the_place_of_the_output([Values(7, 3000)] int columns, [Values] bool gradient)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 5, 1, columns, null, missing: true);
        LossOfElements<AbsoluteError> loss = places.Loss(default(AbsoluteError), new ElementLossSettings(Sum: false, IgnoreMissing: true));
        pair.Run(loss with { Gradient = gradient ? loss.Output : Slot.None });
    }

    [Test]
    public void Extreme_numbers([Values] bool missing)
    {
        Extremes(default(SquaredError), missing);
        Extremes(default(AbsoluteError), missing);
        Extremes(new HuberError(2.5f), missing);
        Extremes(default(BinaryCrossEntropy), missing);
    }

    [Test]
    public void Nothing_counts([Values(4, 2000)] int columns, [Values] bool sum, [Values] bool missing)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 2, 1, columns, [0, 0], missing);
        pair.Run(places.Loss(default(SquaredError), new ElementLossSettings(sum, missing)));
        pair.Cuda(places.Total)[0].ShouldBe(0);
    }

    [Test]
    public void A_recorded_loss_is_the_same([Values(30, 3000)] int columns)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, Lengths.Length, Steps, columns, Lengths, missing: true);
        for (int i = 0; i < 3; i++) pair.Run(places.Loss(default(BinaryCrossEntropy), new ElementLossSettings(Sum: false, IgnoreMissing: true)), pass: PassKind.Gradients);
    }

    // Each in a place of its own, so that the largest number of one does not hide another.
    private static void Extremes<TLoss>(TLoss loss, bool missing)
        where TLoss : struct, IPointwiseLoss
    {
        float[] outputs = [-1e30f, -200, -1e-30f, 0, 1e-6f, 104, 1e30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        float[] targets = [0, 1, -1e30f, float.PositiveInfinity, float.NaN];
        using var pair = new BackendPair();
        pair.Run(new Several<TLoss>([.. from output in outputs from target in targets select Loss(output, target)]));

        LossOfElements<TLoss> Loss(float output, float target)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{typeof(TLoss).Name} of {output} and {target}");
            return new LossOfElements<TLoss>(
                pair.Take(Arena.Activations, [output, 0.5f], "output"), pair.Take(Arena.Targets, [target, 0.25f], "targets"), Slot.None,
                pair.Output(Arena.Activations, 2, name), pair.Output(Arena.Activations, 1, "the mean " + name), pair.Output(Arena.Activations, 2, "the slope " + name), 2, 1, 1,
                loss, new ElementLossSettings(Sum: false, missing));
        }
    }

    private sealed class Places
    {
        private readonly int _batch;
        private readonly int _steps;
        private readonly int _columns;
        private readonly Slot _output;
        private readonly Slot _targets;
        private readonly Slot _lengths;
        private readonly Slot _losses;
        private readonly Slot _gradient;

        public Places(BackendPair pair, int batch, int steps, int columns, int[]? lengths, bool missing)
        {
            (_batch, _steps, _columns) = (batch, steps, columns);
            MayMiss = missing;
            _output = pair.Normal(Arena.Activations, batch * columns, "output");
            var targets = new float[batch * columns];
            for (int i = 0; i < targets.Length; i++)
            {
                bool beyond = lengths is not null && i % columns / (columns / steps) >= lengths[i / columns];
                targets[i] = beyond || (missing && i % 7 == 2) ? float.NaN : i * 5 % 17 / 16f;
            }

            _targets = pair.Take(Arena.Targets, targets, "targets");
            _lengths = lengths is null ? Slot.None : pair.Integers(Arena.Input, lengths, "lengths");
            _losses = pair.Output(Arena.Activations, batch, "losses");
            Total = pair.Output(Arena.Activations, 1, "total");
            _gradient = pair.Output(Arena.Activations, batch * columns, "gradient");
        }

        public bool MayMiss { get; }

        public Slot Total { get; }

        public LossOfElements<TLoss> Loss<TLoss>(TLoss loss, ElementLossSettings settings)
            where TLoss : struct, IPointwiseLoss =>
            new(_output, _targets, _lengths, _losses, Total, _gradient, _batch, _steps, _columns, loss, settings);
    }

    private readonly record struct Several<TLoss>(LossOfElements<TLoss>[] Losses) : IOperation
        where TLoss : struct, IPointwiseLoss
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            foreach (LossOfElements<TLoss> loss in Losses) loss.Run(backend);
        }
    }

    private readonly record struct LossOfElements<TLoss>(
        Slot Output, Slot Targets, Slot Lengths, Slot Losses, Slot Total, Slot Gradient, int Batch, int Steps, int Columns, TLoss Loss, ElementLossSettings Settings) : IOperation
        where TLoss : struct, IPointwiseLoss
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend =>
            backend.ElementLoss(Output, Targets, Lengths, Losses, Total, Gradient, Batch, Steps, Columns, Loss, Settings);
    }
}
