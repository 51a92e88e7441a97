using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FastNets.Random;

namespace FastNets.Kernels.Pointwise;

/// <summary>Draws a dropout mask, 32 columns at a time.</summary>
internal readonly struct DropoutBits
{
    /// <summary>The columns that one draw decides.</summary>
    public const int Columns = 32;

    private const int BlocksPerGroup = 8;

    private readonly uint _threshold;
    private readonly uint _layer;
    private readonly uint _step;
    private readonly uint _k0;
    private readonly uint _k1;
    private readonly uint _groupsPerRow;

    /// <summary>Prepares the mask of a matrix of so many columns.</summary>
    public DropoutBits(DropoutMask mask, int columns)
    {
        IsActive = mask.IsActive;
        Scale = mask.Scale;
        _threshold = mask.Threshold;
        _layer = mask.Layer;
        _step = mask.Step;
        _k0 = (uint)mask.Seed;
        _k1 = (uint)(mask.Seed >> 32);
        _groupsPerRow = ((uint)columns + Columns - 1) / Columns;
    }

    /// <summary>Whether any element may be dropped.</summary>
    public bool IsActive { get; }

    /// <summary>What kept elements are multiplied with.</summary>
    public float Scale { get; }

    /// <summary>Bit i is set where the element of the row at column 32 * <paramref name="group"/> + i is kept.</summary>
    public uint Keep(int row, int group, Isa isa)
    {
        uint first = BlocksPerGroup * (((uint)row * _groupsPerRow) + (uint)group);
        return isa != Isa.Scalar ? KeepVector(first) : KeepScalar(first);
    }

    private uint KeepScalar(uint first)
    {
        uint bits = 0;
        for (int lane = 0; lane < BlocksPerGroup; lane++)
        {
            (uint x0, uint x1, uint x2, uint x3) = Philox.Block(first + (uint)lane, 0, _layer, _step, _k0, _k1);
            if (x0 >= _threshold) bits |= 1u << lane;
            if (x1 >= _threshold) bits |= 1u << (8 + lane);
            if (x2 >= _threshold) bits |= 1u << (16 + lane);
            if (x3 >= _threshold) bits |= 1u << (24 + lane);
        }

        return bits;
    }

    /// <summary>The eight blocks of a group in eight lanes.</summary>
    private uint KeepVector(uint first)
    {
        Vector256<uint> c0 = Vector256.Create(first) + Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        Vector256<uint> c1 = Vector256<uint>.Zero;
        Vector256<uint> c2 = Vector256.Create(_layer);
        Vector256<uint> c3 = Vector256.Create(_step);
        Vector256<uint> m0 = Vector256.Create(Philox.M0);
        Vector256<uint> m1 = Vector256.Create(Philox.M1);
        uint k0 = _k0;
        uint k1 = _k1;
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Multiply(c0, m0, out Vector256<uint> low0, out Vector256<uint> high0);
            Multiply(c2, m1, out Vector256<uint> low1, out Vector256<uint> high1);
            c0 = high1 ^ c1 ^ Vector256.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector256.Create(k1);
            c3 = low0;
            k0 += Philox.W0;
            k1 += Philox.W1;
        }

        Vector256<uint> threshold = Vector256.Create(_threshold);
        return AtLeast(c0, threshold) | (AtLeast(c1, threshold) << 8) | (AtLeast(c2, threshold) << 16) | (AtLeast(c3, threshold) << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AtLeast(Vector256<uint> words, Vector256<uint> threshold) =>
        (uint)Avx.MoveMask(Vector256.Equals(Avx2.Max(words, threshold), words).AsSingle());

    /// <summary>The 64-bit products of the lanes: the even lanes' by one instruction, the odd lanes' by another, put together again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector256<uint> a, Vector256<uint> b, out Vector256<uint> low, out Vector256<uint> high)
    {
        Vector256<uint> even = Avx2.Multiply(a, b).AsUInt32();
        Vector256<uint> odd = Avx2.Multiply(Avx2.ShiftRightLogical(a.AsUInt64(), 32).AsUInt32(), b).AsUInt32();
        low = Avx2.Blend(even, Avx2.ShiftLeftLogical(odd.AsUInt64(), 32).AsUInt32(), 0b1010_1010);
        high = Avx2.Blend(Avx2.ShiftRightLogical(even.AsUInt64(), 32).AsUInt32(), odd, 0b1010_1010);
    }
}
