using FastNets.Backends;
using FastNets.Cuda.Kernels;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Random;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>A number of units in one form of the kernels.</summary>
/// <param name="Units">Units.</param>
/// <param name="Form">The form; null leaves the choice to the backend.</param>
public sealed record RecurrentUnits(int Units, string? Form)
{
    // What a block can have on a large GPU; smaller ones leave cases out.
    private const int LargeSharedBytes = 227 << 10;

    /// <summary>All that fit on a large GPU.</summary>
    internal static IEnumerable<RecurrentUnits> All(RecurrentKernelForms forward, RecurrentKernelForms backward)
    {
        foreach (int units in (int[])[1, 5, 31, 32, 33, 100, 128, 200])
        {
            yield return new RecurrentUnits(units, null);
            foreach (RecurrentForm form in Enum.GetValues<RecurrentForm>())
            {
                if (forward.Fits(form, units, LargeSharedBytes) && backward.Fits(form, units, LargeSharedBytes))
                    yield return new RecurrentUnits(units, form.ToString());
            }
        }
    }

    /// <summary>All cases for a form, two for the backend's own choice, which is one of the forms.</summary>
    internal IEnumerable<RecurrentCase> Cases => Form is null ? RecurrentCase.All(Units).Skip(1).Take(2) : RecurrentCase.All(Units);

    /// <summary>The form of a pass.</summary>
    internal RecurrentForm FormOf(RecurrentKernelForms kernels, BackendPair pair, int batch)
    {
        int sharedBytes = pair.Gpu.SharedBytesOfBlock;
        if (Form is null)
        {
            return kernels.HasChoice(Units, sharedBytes)
                ? kernels.Choose(
                    batch, Units, sharedBytes, pair.Gpu.Multiprocessors, pair.Gpu.RegistersOf(kernels[RecurrentForm.One]), pair.Gpu.RegistersOf(kernels[RecurrentForm.Four]))
                : kernels.Only(Units, sharedBytes);
        }

        RecurrentForm form = Enum.Parse<RecurrentForm>(Form);
        if (!kernels.Fits(form, Units, sharedBytes)) Assert.Ignore($"A block of this GPU has no more than {sharedBytes} bytes of shared memory.");
        return form;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Units} units, {Form ?? "chosen form"}";
}

/// <summary>Sizes, and what a recurrent layer may have or go without.</summary>
internal sealed record RecurrentCase(
    int Time, int Batch, int Units, bool Reverse, int Truncate, bool HasLengths, bool HasBias, bool HasInitial, bool HasDHidden, bool HasDLast, bool HasDInitial)
{
    // Each two of the eight settings take all their four values.
    private static readonly int[] Patterns = [0x00, 0xff, 0x55, 0xaa, 0x33, 0xcc, 0x0f, 0xf0];

    // Of times around the steps that kernels load ahead, up to 4, too.
    private static readonly (int Time, int Batch, int Pattern)[] Sizes =
        [(0, 3, 0xff), (0, 1, 0x77), (1, 1, 0x00), (1, 8, 0xff), (7, 3, 0xfd), (7, 64, 0xff), (7, 1, 0x68), (2, 1, 0xff), (3, 2, 0x9d), (4, 3, 0xff), (5, 1, 0x68), (8, 2, 0xfd)];

    /// <summary>The cases of a number of units.</summary>
    public static IEnumerable<RecurrentCase> All(int units)
    {
        foreach (int pattern in Patterns) yield return Of(7, 9, units, pattern);
        foreach ((int time, int batch, int pattern) in Sizes) yield return Of(time, batch, units, pattern);
    }

    /// <summary>Normal numbers for the inputs' share, NaN where a sample is over.</summary>
    public Slot Inputs(BackendPair pair, int gates)
    {
        var values = new float[Time * Batch * gates * Units];
        for (int i = 0; i < values.Length; i++)
        {
            (uint a, uint b, uint c, _) = Philox.Block((uint)i, 0, 0, 3, 1, 0);
            int row = i / (gates * Units);
            bool over = HasLengths && row / Batch >= Length(row % Batch);
            values[i] = over ? float.NaN : 2f * (Philox.ToUnitSingle(a) + Philox.ToUnitSingle(b) + Philox.ToUnitSingle(c) - 1.5f);
        }

        return pair.Take(Arena.Activations, values, "the inputs' share");
    }

    /// <summary>A recurrent kernel whose products are about as large as the inputs' share.</summary>
    public Slot Kernel(BackendPair pair, int gates)
    {
        float bound = MathF.Sqrt(3f / Units);
        return pair.Uniform(Arena.Parameters, Units * gates * Units, -bound, bound, "recurrent kernel");
    }

    public Slot Bias(BackendPair pair, int gates) => HasBias ? pair.Normal(Arena.Parameters, gates * Units, "recurrent bias") : Slot.None;

    public Slot Lengths(BackendPair pair) => HasLengths ? pair.Integers(Arena.Input, [.. Enumerable.Range(0, Batch).Select(Length)], "lengths") : Slot.None;

    public Slot Initial(BackendPair pair, string name) => HasInitial ? pair.Normal(Arena.Activations, Batch * Units, name) : Slot.None;

    public Slot States(BackendPair pair, string name) => pair.Output(Arena.Activations, (Time + 1) * Batch * Units, name);

    public Slot DHidden(BackendPair pair) => HasDHidden && Time > 0 ? pair.Normal(Arena.Activations, Time * Batch * Units, "gradient of all states") : Slot.None;

    public Slot DLast(BackendPair pair, string name) => HasDLast ? pair.Normal(Arena.Activations, Batch * Units, name) : Slot.None;

    public Slot DInitial(BackendPair pair, string name) => HasDInitial ? pair.Output(Arena.Activations, Batch * Units, name) : Slot.None;

    private static RecurrentCase Of(int time, int batch, int units, int pattern)
    {
        bool Bit(int i) => (pattern >> i & 1) != 0;
        return new RecurrentCase(time, batch, units, Bit(0), Bit(1) ? 3 : 0, Bit(2), Bit(3), Bit(4), Bit(5), Bit(6), Bit(7));
    }

    // From 0 to time, both included.
    private int Length(int sample) => ((sample * 5) + 3) % (Time + 1);
}
