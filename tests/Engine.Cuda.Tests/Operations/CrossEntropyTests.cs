using System.Globalization;
using FastNets.Backends;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Kernels.Losses;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Softmax with cross-entropy, plain and focal.</summary>
public sealed class CrossEntropyTests
{
    private const int Rows = 12;

    private static readonly bool[] Both = [false, true];

    // Two blocks of rows; a length of 0, one that is short, one that is too long, one below 0.
    private static readonly int[] Lengths = [2, 0, 1, 99, -3, 2];

    [Test]
    public void All_settings([Values(1, 2, 33, 300, 1500)] int classes, [Values] TargetKind kind, [Values(0f, 0.5f, 1f, 2f, 3.3f)] float gamma)
    {
        using var pair = new BackendPair();
        Places[] all =
        [
            .. from weighted in Both
               from missing in Both
               from lengths in Both
               select new Places(pair, Rows, lengths ? 2 : 1, classes, kind, weighted, lengths ? Lengths : null, missing),
        ];
        foreach (bool sum in Both)
        {
            foreach (float smoothing in (ReadOnlySpan<float>)[0, 0.1f])
                pair.Run(new Several([.. all.Select(places => places.Loss(new CrossEntropySettings(smoothing, gamma, sum, places.MayMiss)))]));
        }
    }

    [Test]
    public void Without_gradient_or_probabilities(
        [Values(5, 1030)] int classes, [Values] TargetKind kind, [Values(0f, 2f)] float gamma, [Values] bool gradient, [Values] bool probabilities)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, Rows, 2, classes, kind, weighted: false, Lengths, missing: true);
        LossOfClasses loss = places.Loss(new CrossEntropySettings(0.1f, gamma, Sum: false, IgnoreMissing: true));
        pair.Run(loss with { Gradient = gradient ? loss.Gradient : Slot.None, Probabilities = probabilities ? loss.Probabilities : Slot.None });
    }

    [Test]
    public void In_the_place_of_the_logits([Values(5, 1030)] int classes, [Values] TargetKind kind, [Values(0f, 0.5f)] float gamma, [Values] bool gradient)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, Rows, 2, classes, kind, weighted: true, Lengths, missing: true);
        LossOfClasses loss = places.Loss(new CrossEntropySettings(0f, gamma, Sum: false, IgnoreMissing: true));
        pair.Run(
            gradient
                ? loss with { Gradient = loss.Logits, Probabilities = Slot.None }
                : loss with { Gradient = Slot.None, Probabilities = loss.Logits });
    }

    // More rows than each block counts for itself, and than the blocks of a launch have warps.
    [TestCase(4097, 1)]
    [TestCase(9000, 3)]
    public void Many_rows(int rows, int steps)
    {
        int[] lengths = [.. Enumerable.Range(0, rows / steps).Select(i => i % (steps + 1))];
        foreach (TargetKind kind in Enum.GetValues<TargetKind>())
        {
            using var pair = new BackendPair();
            var places = new Places(pair, rows, steps, 3, kind, weighted: true, lengths, missing: true);
            pair.Run(places.Loss(new CrossEntropySettings(0f, 0f, Sum: false, IgnoreMissing: true)));
        }
    }

    // Rows of 1 to 32 lanes of a warp, whose last rows are missing.
    [Test]
    public void Rows_that_leave_warps_half_empty([Values(1, 2, 3, 5, 9, 17, 32)] int classes, [Values] TargetKind kind, [Values(0f, 0.1f)] float smoothing)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 261, 3, classes, kind, weighted: true, [.. Enumerable.Range(0, 87).Select(i => i % 4)], missing: true);
        pair.Run(places.Loss(new CrossEntropySettings(smoothing, 0f, Sum: false, IgnoreMissing: true)));
    }

    [Test]
    public void Many_rows_of_lengths_without_missing_values()
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 6000, 3, 4, TargetKind.Values, weighted: false, [.. Enumerable.Range(0, 2000).Select(i => i % 4)], missing: false);
        pair.Run(places.Loss(new CrossEntropySettings(0f, 0f, Sum: false, IgnoreMissing: false)));
    }

    [Test]
    public void Extreme_logits([Values] TargetKind kind, [Values(0f, 0.3f, 1f, 2f, 5f)] float gamma, [Values(0f, 0.1f)] float smoothing)
    {
        const float Infinite = float.PositiveInfinity;
        float[][] rows =
        [
            [100, -100, 3], [-100, 100, 3], [1e4f, -1e4f, 0], [-1e4f, 1e4f, 0], [10, -10, -9], [-10, 10, 9], [0, 0, 0], [1e30f, 1e30f, 1e30f], [0, 0, -Infinite], [-Infinite, 0, 0],
            [80, -20, -21], [104, 0, 0.1f], [0, 104, 0.1f], [1e-8f, 0, 0], [0, 1e-8f, -1e-8f], [-Infinite, -Infinite, -Infinite], [Infinite, 0, 0], [float.NaN, 0, 1], [0, 1, float.NaN],
        ];

        // Each in a place of its own, so that the largest number of one does not hide another.
        using var pair = new BackendPair();
        pair.Run(new Several([.. rows.Select(Loss)]));

        LossOfClasses Loss(float[] row)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"of {row[0]}, {row[1]}, {row[2]}");
            return new LossOfClasses(
                pair.Take(Arena.Activations, row, "logits"), kind == TargetKind.ClassIndices ? pair.Integers(Arena.Targets, [0]) : pair.Take(Arena.Targets, [1, 0, 0]), kind, Slot.None,
                Slot.None, pair.Output(Arena.Activations, 1, "loss " + name), pair.Output(Arena.Activations, 1, "total"), pair.Output(Arena.Activations, 3, "gradient " + name),
                pair.Output(Arena.Activations, 3, "probabilities " + name), 1, 1, 3, new CrossEntropySettings(smoothing, gamma, Sum: false, IgnoreMissing: false));
        }
    }

    [Test]
    public void Classes_without_weight_add_nothing([Values] TargetKind kind, [Values(0f, 2f)] float gamma, [Values] bool all, [Values] bool sum)
    {
        using var pair = new BackendPair();
        Slot logits = pair.Take(Arena.Activations, [0, 0, float.NegativeInfinity, 1, 2, float.NegativeInfinity, 1, float.NaN, 2], "logits");
        Slot targets = kind == TargetKind.ClassIndices ? pair.Integers(Arena.Targets, [0, 2, 1]) : pair.Take(Arena.Targets, [0.5f, 0.5f, 0, 0, 0, 1, 0, 1, 0]);
        Slot weights = pair.Take(Arena.Targets, all ? [0, 0, 0] : [1, 0.5f, 0], "weights");
        pair.Run(
            new LossOfClasses(
                logits, targets, kind, weights, Slot.None, pair.Output(Arena.Activations, 3, "losses"), pair.Output(Arena.Activations, 1, "total"),
                pair.Output(Arena.Activations, 9, "gradient"), pair.Output(Arena.Activations, 9, "probabilities"), 3, 1, 3,
                new CrossEntropySettings(0, gamma, sum, IgnoreMissing: false)));
    }

    [Test]
    public void No_row_counts([Values] TargetKind kind, [Values(0f, 2f)] float gamma, [Values] bool sum)
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 4, 2, 3, kind, weighted: false, [0, 0], missing: false);
        pair.Run(places.Loss(new CrossEntropySettings(0, gamma, sum, IgnoreMissing: false)));
        pair.Cuda(places.Total)[0].ShouldBe(0);
    }

    // The processor throws; networks check on the host before.
    [Test]
    public void Labels_that_are_no_class_count_for_nothing([Values(0f, 2f)] float gamma)
    {
        var settings = new CrossEntropySettings(0.1f, gamma, Sum: false, IgnoreMissing: true);
        using var expected = new BackendPair();
        using var pair = new BackendPair();
        Places wanted = Labelled(expected, [0, -1, 3, -1, -1]), places = Labelled(pair, [0, 4, 3, int.MaxValue, int.MinValue]);
        expected.Run(wanted.Loss(settings));
        pair.RunOnGpu(places.Loss(settings));
        foreach ((Slot place, Slot same) in (ReadOnlySpan<(Slot, Slot)>)[(places.Losses, wanted.Losses), (places.Total, wanted.Total), (places.Gradient, wanted.Gradient), (places.Probabilities, wanted.Probabilities)])
            pair.Cuda(place).ToArray().ShouldBe(expected.Cuda(same).ToArray());

        static Places Labelled(BackendPair pair, int[] labels) => new(pair, labels.Length, 1, 4, TargetKind.ClassIndices, weighted: true, null, missing: false, labels);
    }

    [Test]
    public void A_recorded_loss_is_the_same()
    {
        using var pair = new BackendPair();
        var places = new Places(pair, 5000, 1, 5, TargetKind.ClassIndices, weighted: true, null, missing: true);
        for (int i = 0; i < 3; i++) pair.Run(places.Loss(new CrossEntropySettings(0.1f, 0, Sum: false, IgnoreMissing: true)), pass: PassKind.Gradients);
    }

    private sealed class Places
    {
        private readonly int _rows;
        private readonly int _steps;
        private readonly int _classes;
        private readonly TargetKind _kind;
        private readonly Slot _logits;
        private readonly Slot _targets;
        private readonly Slot _weights;
        private readonly Slot _lengths;

        public Places(BackendPair pair, int rows, int steps, int classes, TargetKind kind, bool weighted, int[]? lengths, bool missing, int[]? labels = null)
        {
            (_rows, _steps, _classes, _kind) = (rows, steps, classes, kind);
            MayMiss = missing;
            _logits = pair.Normal(Arena.Activations, rows * classes, "logits");
            _targets = kind == TargetKind.ClassIndices
                ? pair.Integers(Arena.Targets, labels ?? Labels(rows, steps, classes, lengths, missing), "labels")
                : pair.Take(Arena.Targets, Values(rows, steps, classes, lengths, missing), "targets");
            _weights = weighted ? pair.Uniform(Arena.Targets, classes, 0.2f, 2, "weights") : Slot.None;
            _lengths = lengths is null ? Slot.None : pair.Integers(Arena.Input, lengths, "lengths");
            Losses = pair.Output(Arena.Activations, rows, "losses");
            Total = pair.Output(Arena.Activations, 1, "total");
            Gradient = pair.Output(Arena.Activations, rows * classes, "gradient");
            Probabilities = pair.Output(Arena.Activations, rows * classes, "probabilities");
        }

        public bool MayMiss { get; }

        public Slot Losses { get; }

        public Slot Total { get; }

        public Slot Gradient { get; }

        public Slot Probabilities { get; }

        public LossOfClasses Loss(CrossEntropySettings settings) =>
            new(_logits, _targets, _kind, _weights, _lengths, Losses, Total, Gradient, Probabilities, _rows, _steps, _classes, settings);

        private static int[] Labels(int rows, int steps, int classes, int[]? lengths, bool missing)
        {
            var labels = new int[rows];
            for (int row = 0; row < rows; row++)
                labels[row] = IsBeyond(row, steps, lengths) ? classes + 99 : missing && row % 5 == 3 ? -1 : row * 7 % classes;
            return labels;
        }

        private static float[] Values(int rows, int steps, int classes, int[]? lengths, bool missing)
        {
            var values = new float[rows * classes];
            for (int row = 0; row < rows; row++)
            {
                Span<float> t = values.AsSpan(row * classes, classes);
                for (int i = 0; i < classes; i++) t[i] = (((i * 5) + row) % 7) / (3f * classes);
                if (IsBeyond(row, steps, lengths)) t.Fill(float.NaN);
                else if (missing && row % 5 == 3) t[row * 11 % classes] = float.NaN;
            }

            return values;
        }

        private static bool IsBeyond(int row, int steps, int[]? lengths) => lengths is not null && row % steps >= lengths[row / steps];
    }

    private readonly record struct Several(LossOfClasses[] Losses) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend
        {
            foreach (LossOfClasses loss in Losses) loss.Run(backend);
        }
    }

    private readonly record struct LossOfClasses(
        Slot Logits, Slot Targets, TargetKind Kind, Slot Weights, Slot Lengths, Slot Losses, Slot Total, Slot Gradient, Slot Probabilities, int Rows, int Steps, int Classes,
        CrossEntropySettings Settings) : IOperation
    {
        public void Run<TBackend>(TBackend backend)
            where TBackend : struct, IBackend =>
            backend.CrossEntropy(Logits, Targets, Kind, Weights, Lengths, Losses, Total, Gradient, Probabilities, Rows, Steps, Classes, Settings);
    }
}
