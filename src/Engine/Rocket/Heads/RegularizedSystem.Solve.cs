using System.Diagnostics;
using System.Numerics.Tensors;

namespace FastNets.Rocket.Heads;

/// <content>Solving with the factor.</content>
internal sealed unsafe partial class RegularizedSystem
{
    /// <summary>Replaces each row r by the solution x of <c>L x = r</c>. Runs on the calling thread.</summary>
    /// <param name="rows">[count, <see cref="Padded"/>], without gaps.</param>
    /// <param name="count">A multiple of <see cref="DotTiles.RowUnit"/>, at most <see cref="Block"/>.</param>
    /// <param name="firstBlock">All rows are zero before this block of columns.</param>
    public void ForwardSolve(double* rows, int count, int firstBlock)
    {
        Debug.Assert(count <= Block);
        double* right = stackalloc double[Block * Block];
        int first = firstBlock * Block;
        for (int b = firstBlock; b < Blocks; b++)
        {
            int start = b * Block;
            double* target = rows + start;
            if (start > first)
                DotTiles.Multiply(target, Padded, rows + first, Padded, _matrix.At(start, first), Padded, count, Block, start - first, Subtract, _isa);
            for (int i = 0; i < count; i++)
                new ReadOnlySpan<double>(target + ((nint)i * Padded), Block).CopyTo(new Span<double>(right + (i * Block), Block));
            DotTiles.Multiply(target, Padded, right, Block, _inverses.At(start, 0), Block, count, Block, Block, DotTiles.Into.Overwrite, _isa);
        }
    }

    /// <summary>Replaces each row r by the solution x of <c>L^T x = r</c>. Runs on the calling thread.</summary>
    /// <param name="rows">[count, <see cref="Padded"/>].</param>
    /// <param name="count">How many rows to solve for.</param>
    public void BackwardSolve(DoubleMatrix rows, int count)
    {
        Span<double> solved = stackalloc double[Block];
        for (int b = Blocks - 1; b >= 0; b--)
        {
            int start = b * Block;
            for (int t = 0; t < count; t++)
            {
                var right = new Span<double>(rows.At(t, start), Block);
                solved.Clear();
                for (int i = 0; i < Block; i++) Accumulate(solved, right[i], _inverses.At(start + i, 0));
                solved.CopyTo(right);
            }

            for (int i = start; i < start + Block; i++)
            {
                for (int t = 0; t < count; t++) Accumulate(new Span<double>(rows.At(t, 0), start), -*rows.At(t, i), _matrix.At(i, 0));
            }
        }
    }

    private static void Accumulate(Span<double> target, double factor, double* source)
        => TensorPrimitives.MultiplyAdd(new ReadOnlySpan<double>(source, target.Length), factor, target, target);
}
