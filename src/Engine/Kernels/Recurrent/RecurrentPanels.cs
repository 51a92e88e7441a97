using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;

namespace FastNets.Kernels.Recurrent;

/// <summary>The recurrent kernel in the order in which the tiles read it, made once for all steps of a scan.</summary>
/// <remarks>
/// A panel is [1 + depth, registers, lanes]. Its first row is where the sums begin, the bias or 0. Where a unit has several
/// gates, a panel's registers are the gates of one block of units, so that a tile's sums are all that the cell's functions
/// need; where it has one column, they are up to four neighbouring blocks. Lanes beyond the last unit are 0.
/// </remarks>
internal readonly unsafe struct RecurrentPanels
{
    private readonly RecurrentProduct _product;
    private readonly int _lanes;
    private readonly int _blocks;

    /// <summary>The layout for registers of a given width.</summary>
    public RecurrentPanels(in RecurrentProduct product, int lanes)
    {
        _product = product;
        _lanes = lanes;
        _blocks = (product.Units + lanes - 1) / lanes;
        Count = Gates > 1 ? _blocks : (_blocks + RecurrentTile.MaxRegisters - 1) / RecurrentTile.MaxRegisters;
    }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>The most registers of a panel.</summary>
    public int MaxRegisters => Gates > 1 ? Gates : (_blocks + Count - 1) / Count;

    /// <summary>The elements of all panels.</summary>
    public nuint Length => (nuint)Offset(Count);

    private int Gates => _product.ColumnsPerUnit;

    /// <summary>A panel's first block of units.</summary>
    public int FirstBlock(int panel) => GemmBlocking.Start(_blocks, Count, panel);

    /// <summary>A panel's registers.</summary>
    public int Registers(int panel) => Gates > 1 ? Gates : FirstBlock(panel + 1) - FirstBlock(panel);

    /// <summary>A panel's first element.</summary>
    public nint Offset(int panel) => (nint)FirstBlock(panel) * Gates * _lanes * (1 + _product.Depth);

    /// <summary>Writes all panels.</summary>
    public void Pack<T>(float* target)
        where T : struct, ILanes<T>
    {
        for (int panel = 0; panel < Count; panel++)
        {
            float* to = target + Offset(panel);
            int width = Registers(panel) * _lanes;
            int unit = FirstBlock(panel) * _lanes;
            if (_product.Transposed)
            {
                Transpose<T>(unit, to, width);
                continue;
            }

            for (int register = 0; register < Registers(panel); register++)
            {
                int first = Gates > 1 ? unit : unit + (register * _lanes);
                int column = Gates > 1 ? (register * _product.Units) + first : first;
                Copy<T>(column, Math.Min(_lanes, _product.Units - first), to + (register * _lanes), width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy<T>(int column, int count, float* to, nint width)
        where T : struct, ILanes<T>
    {
        T mask = T.FirstMask(count);
        bool whole = count == T.Count;
        (_product.Bias is null ? T.Create(0f) : T.LoadWhere(mask, _product.Bias + column)).Store(to);
        float* from = _product.Kernel + column;
        nint stride = _product.Gates * _product.Units;
        for (int p = _product.Depth; p > 0; p--)
        {
            to += width;
            (whole ? T.Load(from) : T.LoadWhere(mask, from)).Store(to);
            from += stride;
        }
    }

    private void Transpose<T>(int unit, float* to, int width)
        where T : struct, ILanes<T>
    {
        int depth = _product.Depth;
        int count = Math.Min(width, _product.Units - unit);
        float* from = _product.Kernel + ((nint)unit * depth);
        new Span<float>(to, width).Clear();
        to += width;
        if (T.Count > 1)
        {
            GemmPacking.Transpose(from, depth, count, depth, to, width);
            return;
        }

        for (int p = 0; p < depth; p++)
        {
            for (int i = 0; i < count; i++) to[((nint)p * width) + i] = from[((nint)i * depth) + p];
        }
    }
}
