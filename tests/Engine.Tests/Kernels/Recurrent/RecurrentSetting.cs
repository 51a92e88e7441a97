using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Recurrent;

/// <summary>One way to call a recurrent layer: its sizes, and which operands are there.</summary>
internal sealed record RecurrentSetting(ReferenceRecurrent Scan, bool Bias, bool Initial, bool DHidden, bool DLast, bool DInitial)
{
    private static readonly int[] Units = [.. Enumerable.Range(1, 40), 64, 100];
    private static readonly int[] Batches = [1, 2, 3, 4, 5, 6, 7, 8, 9, 33];
    private static readonly int[] Times = [0, 1, 2, 7];

    public override string ToString() =>
        $"{Scan.Time} steps{(Scan.Reverse ? " reversed" : "")}, batch {Scan.Batch}, {Scan.Units} units, truncate {Scan.Truncate}, lengths [{string.Join(", ", Scan.Lengths ?? [])}], "
        + $"bias {Bias}, initial {Initial}, dHidden {DHidden}, dLast {DLast}, dInitial {DInitial}";

    /// <summary>All sizes, each with another choice of the other settings; a stride leaves sizes out.</summary>
    public static IEnumerable<RecurrentSetting> All(bool reverse, int stride)
    {
        int number = 0;
        foreach (int units in Units)
        {
            foreach (int batch in Batches)
            {
                foreach (int time in Times)
                {
                    if (++number % stride == 0) yield return Of(time, batch, units, reverse, number / stride);
                }
            }
        }
    }

    /// <summary>The settings that a number stands for.</summary>
    public static RecurrentSetting Of(int time, int batch, int units, bool reverse, int number)
    {
        // Neighbouring numbers differ in several settings at once.
        uint bits = (uint)number * 2654435761u >> 16;
        int[]? lengths = null;
        if ((bits & 3) == 0)
        {
            lengths = new int[batch];
            for (int b = 0; b < batch; b++) lengths[b] = ((b * 5) + number) % (time + 2);
        }

        int truncate = (bits & 12) switch { 0 => 1, 4 => 3, _ => 0 };
        bool dLast = (bits & 32) != 0;
        var scan = new ReferenceRecurrent(time, batch, units, reverse, lengths, truncate);
        return new(scan, (bits & 64) != 0, (bits & 128) != 0, !dLast || (bits & 256) != 0, dLast, (bits & 512) != 0);
    }
}
