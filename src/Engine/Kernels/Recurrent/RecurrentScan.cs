using System.Runtime.CompilerServices;
using FastNets.Kernels.Gemm;
using FastNets.Kernels.Lanes;
using FastNets.Threading;

namespace FastNets.Kernels.Recurrent;

/// <summary>Runs a pass over a sequence: the recurrent kernel packed once, then each part of the batch from end to end.</summary>
internal static unsafe class RecurrentScan
{
    /// <summary>What a unit's functions cost, in multiply-adds.</summary>
    private const long FunctionWork = 64;

    /// <summary>
    /// From so many elements on the packed kernel does not stay in a second cache of 1 MiB beside the rest: a thread's rows are
    /// then at least two tiles, which share what comes from further away.
    /// </summary>
    private const int LargeKernel = 1 << 17;

    /// <summary>Sequences of up to so many elements stay in the second cache from the forward to the backward pass.</summary>
    private const long NearElements = 1 << 17;

    /// <summary>Runs the pass.</summary>
    public static void Run<TPass>(TPass pass, Isa isa)
        where TPass : struct, IRecurrentPass
    {
        switch (isa)
        {
            case Isa.Vector512: Run<Lanes16, TPass>(pass); break;
            case Isa.Vector256: Run<Lanes8, TPass>(pass); break;
            default: Run<Lanes1, TPass>(pass); break;
        }
    }

    private static void Run<T, TPass>(TPass pass)
        where T : struct, ILanes<T>
        where TPass : struct, IRecurrentPass
    {
        RecurrentSequence sequence = pass.Sequence;
        if (sequence.Batch == 0 || sequence.Units == 0) return;
        RecurrentProduct product = pass.Product;
        var panels = new RecurrentPanels(product, T.Count);
        float* packed = (float*)ThreadScratch.Get(ThreadScratch.Use.PackedB, panels.Length * sizeof(float));
        if (pass.Visits > 0) panels.Pack<T>(packed);
        var body = new Body<T, TPass> { Pass = pass, Product = product, Panels = panels, Packed = packed, Items = Items<T>(pass.Visits, sequence, product, panels) };
        body.Far = (long)pass.Visits * sequence.Batch * sequence.Units * (product.Gates + 1) > NearElements;
        WorkerPool.Run(body.Items, body);
    }

    private static int Items<T>(int visits, in RecurrentSequence sequence, in RecurrentProduct product, in RecurrentPanels panels)
        where T : struct, ILanes<T>
    {
        long work = (long)visits * sequence.Batch * sequence.Units * (((long)product.Depth * product.ColumnsPerUnit) + FunctionWork);
        if (work < GemmBlocking.ParallelWork) return 1;
        int rows = RecurrentTiles.MaxRows<T>(panels.MaxRegisters);
        if (panels.Length > LargeKernel) rows *= 2;
        return (int)Math.Min(work / GemmBlocking.WorkPerItem, (sequence.Batch + rows - 1) / rows);
    }

    private struct Body<T, TPass> : IParallelBody
        where T : struct, ILanes<T>
        where TPass : struct, IRecurrentPass
    {
        public TPass Pass;
        public RecurrentProduct Product;
        public RecurrentPanels Panels;
        public float* Packed;
        public int Items;
        public bool Far;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke(int item)
        {
            int batch = Pass.Sequence.Batch;
            int row = GemmBlocking.Start(batch, Items, item);
            int rows = GemmBlocking.Start(batch, Items, item + 1) - row;
            float* sums = (float*)ThreadScratch.Get(
                ThreadScratch.Use.PackedA, (nuint)(RecurrentTile.MaxRows * RecurrentTile.MaxRegisters * T.Count) * sizeof(float));
            Pass.Begin(row, rows);
            int visits = Pass.Visits;
            for (int visit = 0; visit < visits; visit++)
            {
                float* operand = Pass.Operand(visit, row, rows);
                for (int panel = 0; panel < Panels.Count; panel++) Panel(visit, operand, panel, row, rows, sums);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Panel(int visit, float* operand, int panel, int firstRow, int allRows, float* sums)
        {
            int depth = Product.Depth;
            int columns = Product.ColumnsPerUnit;
            int units = Pass.Sequence.Units;
            int registers = Panels.Registers(panel);
            int firstUnit = Panels.FirstBlock(panel) * T.Count;
            float* packed = Packed + Panels.Offset(panel);
            nint stride = registers * T.Count;
            int maxRows = RecurrentTiles.MaxRows<T>(registers);
            int tiles = (allRows + maxRows - 1) / maxRows;
            int height = 0;
            delegate*<float*, nint, float*, float*, nint, void> run = null;
            for (int tile = 0; tile < tiles; tile++)
            {
                int start = GemmBlocking.Start(allRows, tiles, tile);
                int rows = GemmBlocking.Start(allRows, tiles, tile + 1) - start;
                int row = firstRow + start;
                if (rows != height) run = RecurrentTiles.Select<T>(height = rows, registers);
                if (Far) Pass.Prefetch(visit, row, rows, firstUnit, Math.Min(registers / columns * T.Count, units - firstUnit));
                run(operand + ((nint)row * depth), depth, packed, sums, operand is null ? 0 : depth);
                for (int register = 0; register < registers; register += columns)
                {
                    int unit = firstUnit + (register * T.Count);
                    float* first = sums + (register * T.Count);
                    if (unit + T.Count <= units) Pass.Finish<T, OneRegister>(visit, first, stride, row, rows, unit, default);
                    else Pass.Finish<T, OneRegisterInPart>(visit, first, stride, row, rows, unit, T.FirstMask(units - unit));
                }
            }
        }
    }
}
