using System.Runtime.InteropServices;
using FastNets.Backends;
using FastNets.Cuda;
using FastNets.Random;
using NUnit.Framework;

namespace FastNets.Engine.Cuda.Tests.Harness;

/// <summary>The same places with the same contents on the processor and on the GPU: operations run on both, and all places are compared.</summary>
/// <remarks>Take all places first. Around each place lies a margin that nothing may write to; it is compared too.</remarks>
internal sealed class BackendPair : IDisposable
{
    private const int Margin = 16;

    private readonly HostDevice _cpu = new();
    private readonly CudaNetworkDevice _gpu;
    private readonly List<(Slot Slot, string Name, float[] Values)> _places = [];
    private readonly int[] _used = new int[Enum.GetValues<Arena>().Length];
    private ulong _stream;
    private bool _filled;

    /// <summary>Opens the GPU; the test is skipped where there is none, nor an emulated one.</summary>
    public BackendPair() => _gpu = new CudaNetworkDevice(TestGpu.Require());

    /// <summary>The training step that passes have, as masks must say.</summary>
    public uint Step { get; init; } = 7;

    /// <summary>The GPU's side.</summary>
    public CudaNetworkDevice Gpu => _gpu;

    /// <summary>A place of standard normal numbers.</summary>
    public Slot Normal(Arena arena, int length, string name = "") => Take(arena, Numbers(length), name);

    /// <summary>A place of numbers in (low, high).</summary>
    public Slot Uniform(Arena arena, int length, float low, float high, string name = "")
    {
        _stream++;
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = low + ((high - low) * Philox.ToUnitSingle(Philox.Block((uint)i, 0, (uint)_stream, 2, 1, 0).X0));
        return Take(arena, values, name);
    }

    /// <summary>A place that the operation will write; it begins as numbers that no operation gives.</summary>
    public Slot Output(Arena arena, int length, string name = "")
    {
        var values = new float[length];
        values.AsSpan().Fill(-12345.5f);
        return Take(arena, values, name);
    }

    /// <summary>A place of zeros.</summary>
    public Slot Zeros(Arena arena, int length, string name = "") => Take(arena, new float[length], name);

    /// <summary>A place of whole numbers.</summary>
    public Slot Integers(Arena arena, int[] values, string name = "") => Take(arena, MemoryMarshal.Cast<int, float>(values).ToArray(), name);

    /// <summary>A place of given numbers.</summary>
    public Slot Take(Arena arena, float[] values, string name = "")
    {
        if (_filled) throw new InvalidOperationException("Take all places before the first operation.");
        ref int used = ref _used[(int)arena];
        var slot = new Slot(arena, used + Margin, values.Length);
        used += Margin + ((values.Length + Margin - 1) / Margin * Margin) + Margin;
        _places.Add((slot, name.Length == 0 ? $"place {_places.Count} ({arena})" : name, values));
        return slot;
    }

    /// <summary>Runs an operation on both and compares all arenas.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="tolerance">The largest difference, as a part of the place's largest number.</param>
    /// <param name="pass">What pass it is for the GPU: equal passes are recorded and replayed.</param>
    public void Run<TOperation>(TOperation operation, double tolerance = 1e-5, PassKind pass = PassKind.Other)
        where TOperation : struct, IOperation
    {
        Fill();
        RunOnGpu(operation, pass);
        operation.Run(_cpu.Backend);
        Compare(tolerance);
    }

    /// <summary>Runs an operation on the GPU alone.</summary>
    public void RunOnGpu<TOperation>(TOperation operation, PassKind pass = PassKind.Other)
        where TOperation : struct, IOperation
    {
        Fill();
        _gpu.Begin(new PassKey(pass), Step);
        try
        {
            SendAll();
            operation.Run(_gpu.Backend);
            _gpu.End();
        }
        catch
        {
            _gpu.Abort();
            throw;
        }
    }

    /// <summary>What the processor has there.</summary>
    public ReadOnlySpan<float> Cpu(Slot slot) => _cpu.View(slot, slot.Length);

    /// <summary>What the GPU has there.</summary>
    public ReadOnlySpan<float> Cuda(Slot slot) => _gpu.View(slot, slot.Length);

    public void Dispose()
    {
        _cpu.Dispose();
        _gpu.Dispose();
    }

    private float[] Numbers(int length)
    {
        _stream++;
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            (uint a, uint b, _, _) = Philox.Block((uint)i, 0, (uint)_stream, 1, 1, 0);
            values[i] = (float)(Math.Sqrt(-2 * Math.Log((a + 1.0) / 4294967296.0)) * Math.Cos(2 * Math.PI * b / 4294967296.0));
        }

        return values;
    }

    private void Fill()
    {
        if (_filled) return;
        _filled = true;
        foreach (Arena arena in Enum.GetValues<Arena>())
        {
            int length = _used[(int)arena];
            if (length == 0) continue;
            _cpu.Allocate(arena, length);
            _gpu.Allocate(arena, length);
            Span<float> all = _cpu.Edit(arena);
            all.Fill(54321.25f);
            foreach ((Slot slot, _, float[] values) in _places)
            {
                if (slot.Arena == arena) values.CopyTo(all[slot.Offset..]);
            }

            all.CopyTo(_gpu.Edit(arena));
        }
    }

    private void SendAll()
    {
        foreach (Arena arena in (Arena[])[Arena.Input, Arena.Targets])
        {
            int length = _used[(int)arena];
            if (length > 0) _gpu.Send(new Slot(arena, 0, length), length);
        }
    }

    private void Compare(double tolerance)
    {
        foreach (Arena arena in Enum.GetValues<Arena>())
        {
            if (_used[(int)arena] == 0) continue;
            ReadOnlySpan<float> cpu = _cpu.View(arena);
            ReadOnlySpan<float> gpu = _gpu.View(arena);
            int end = 0;
            foreach ((Slot slot, string name, _) in _places)
            {
                if (slot.Arena != arena) continue;
                Same(cpu[end..slot.Offset], gpu[end..slot.Offset], 0, $"the margin before {name}", 54321.25f);
                Same(cpu.Slice(slot.Offset, slot.Length), gpu.Slice(slot.Offset, slot.Length), tolerance, name, null);
                end = slot.Offset + slot.Length;
            }

            Same(cpu[end..], gpu[end..], 0, $"the margin behind all places of {arena}", 54321.25f);
        }
    }

    private static void Same(ReadOnlySpan<float> cpu, ReadOnlySpan<float> gpu, double tolerance, string name, float? expected)
    {
        float largest = 0;
        foreach (float value in cpu)
        {
            if (float.IsFinite(value)) largest = Math.Max(largest, Math.Abs(value));
        }

        for (int i = 0; i < cpu.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(cpu[i]) == BitConverter.SingleToInt32Bits(gpu[i]) || (float.IsNaN(cpu[i]) && float.IsNaN(gpu[i]))
                || Math.Abs((double)cpu[i] - gpu[i]) <= tolerance * largest;
            if (!same || (expected is { } e && cpu[i] != e))
                Assert.Fail($"{name}: element {i} of {cpu.Length} is {cpu[i]:R} on the processor and {gpu[i]:R} on the GPU (the largest there is {largest:R}, tolerance {tolerance:R}).");
        }
    }
}
