using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Backend;

// What the recurrent layers have in common. Each pass has an internal overload that is told its form, for tests.
internal readonly unsafe partial struct CudaBackend
{
    private static ulong Block(ulong sequence, int block, int size) => sequence + ((ulong)block * (ulong)size * sizeof(float));

    /// <summary>A block of an optional sequence, or 0.</summary>
    private static ulong OptionalBlock(ulong sequence, int block, int size) => sequence == 0 ? 0 : Block(sequence, block, size);

    private RecurrentForm Form(RecurrentKernelForms kernels, int batch, int units)
    {
        int shared = _device.SharedBytesOfBlock;
        if (!kernels.HasChoice(units, shared)) return kernels.Only(units, shared);
        return kernels.Choose(
            batch, units, shared, _device.Multiprocessors, _device.RegistersOf(kernels[RecurrentForm.One]), _device.RegistersOf(kernels[RecurrentForm.Four]));
    }

    /// <summary>A state or its gradient: a copy, or 0 where there is none.</summary>
    private void SetState(ulong target, ulong source, in ScanArguments scan)
    {
        long bytes = (long)scan.StateSize * sizeof(float);
        if (source == 0) _device.Clear(target, bytes);
        else _device.Copy(source, target, bytes);
    }

    /// <summary>The recurrent kernel as a backward pass of a form takes it: transposed within each gate, in scratch memory, but for the small form.</summary>
    private ulong BackwardKernel(RecurrentForm form, CudaKernel transpose, ulong kernel, int gates, int units)
    {
        if (form == RecurrentForm.Small) return kernel;
        ulong transposed = _device.Scratch((long)gates * units * units * sizeof(float));
        int squares = (units + 31) / 32;
        Launch(
            transpose,
            new LaunchShape(squares, 256, squares, gates),
            new TransposeGatesArguments { Kernel = kernel, Transposed = transposed, Gates = gates, Units = units });
        return transposed;
    }
}
