namespace FastNets.Cuda.Kernels;

/// <summary>The ways in which a pass of a recurrent layer runs on a GPU.</summary>
internal enum RecurrentForm
{
    /// <summary>One kernel for all steps, a sample a block, up to 32 units, the recurrent kernel in registers.</summary>
    Small,

    /// <summary>One kernel for all steps, a sample a block, the recurrent kernel in registers and shared memory.</summary>
    One,

    /// <summary>As <see cref="One"/>, four samples a block.</summary>
    Four,

    /// <summary>A matrix product and a kernel for each step.</summary>
    Steps,
}

/// <summary>The kernels of one pass of one layer that run all steps, and which of them suits a shape: native/cuda/common/recurrent.cuh has their layout.</summary>
internal sealed class RecurrentKernelForms
{
    // A step with four samples takes about as long as two steps with one: a step of one mostly waits.
    private const int CostOfFour = 2;

    // A multiprocessor's registers, of which warps get 256 at a time, and the shared memory that it keeps for itself with each block.
    private const int Registers = 65536;
    private const int ReservedSharedBytes = 1024;

    private readonly CudaKernel[] _kernels;
    private readonly int _gates;
    private readonly bool _backward;

    private RecurrentKernelForms(CudaKernel[] kernels, int gates, bool backward)
    {
        _kernels = kernels;
        _gates = gates;
        _backward = backward;
    }

    // Operands of the product, of each sample; numbers that its gates exchange, a unit.
    private int Operands => _gates == 1 ? 2 : _backward ? _gates : 1;

    private int Exchanged => _gates == 1 ? 0 : _backward ? _gates : 4;

    /// <summary>The kernel of a form other than <see cref="RecurrentForm.Steps"/>.</summary>
    public CudaKernel this[RecurrentForm form] => _kernels[(int)form];

    /// <summary>Declares the kernels name_small, name_one and name_four.</summary>
    /// <typeparam name="TArguments">What all of them take.</typeparam>
    /// <param name="module">The file of native/cuda.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="gates">Columns of a unit in the recurrent kernel.</param>
    /// <param name="backward">Whether it is the backward pass.</param>
    public static RecurrentKernelForms Of<TArguments>(string module, string name, int gates, bool backward)
        where TArguments : unmanaged => new(
            [
                CudaKernel.Of<TArguments>(module, $"{name}_small"),
                CudaKernel.Of<TArguments>(module, $"{name}_one"),
                CudaKernel.Of<TArguments>(module, $"{name}_four"),
            ],
            gates,
            backward);

    /// <summary>Whether a form can run a number of units.</summary>
    /// <param name="form">The form.</param>
    /// <param name="units">Units.</param>
    /// <param name="sharedBytes">The most shared memory that a block can have.</param>
    public bool Fits(RecurrentForm form, int units, int sharedBytes) =>
        form == RecurrentForm.Steps || (units <= MaxUnits(form) && SharedBytes(form, units) <= sharedBytes);

    /// <summary>Whether a number of units can run in blocks of one sample and of four: then the batch decides.</summary>
    /// <param name="units">Units.</param>
    /// <param name="sharedBytes">The most shared memory that a block can have.</param>
    public bool HasChoice(int units, int sharedBytes) =>
        !Fits(RecurrentForm.Small, units, sharedBytes) && Fits(RecurrentForm.One, units, sharedBytes) && Fits(RecurrentForm.Four, units, sharedBytes);

    /// <summary>The form of a number of units that has no choice.</summary>
    /// <param name="units">Units.</param>
    /// <param name="sharedBytes">The most shared memory that a block can have.</param>
    public RecurrentForm Only(int units, int sharedBytes) =>
        Fits(RecurrentForm.Small, units, sharedBytes) ? RecurrentForm.Small
        : Fits(RecurrentForm.One, units, sharedBytes) ? RecurrentForm.One
        : RecurrentForm.Steps;

    /// <summary>The faster form for a shape that has a choice.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    /// <param name="sharedBytes">The most shared memory that a block can have.</param>
    /// <param name="multiprocessors">The GPU's multiprocessors.</param>
    /// <param name="registersOfOne">Registers of a thread of the kernel with one sample.</param>
    /// <param name="registersOfFour">Registers of a thread of the kernel with four.</param>
    public RecurrentForm Choose(int batch, int units, int sharedBytes, int multiprocessors, int registersOfOne, int registersOfFour)
    {
        long one = Rounds(RecurrentForm.One, batch, units, sharedBytes, multiprocessors, registersOfOne);
        long four = Rounds(RecurrentForm.Four, batch, units, sharedBytes, multiprocessors, registersOfFour);
        return CostOfFour * four < one ? RecurrentForm.Four : RecurrentForm.One;
    }

    /// <summary>The launch of a form that <see cref="Fits"/>.</summary>
    /// <param name="form">Not <see cref="RecurrentForm.Steps"/>.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="units">Units.</param>
    public LaunchShape Shape(RecurrentForm form, int batch, int units) => new(Blocks(form, batch), Threads(units), SharedBytes: (int)SharedBytes(form, units));

    private static int Samples(RecurrentForm form) => form == RecurrentForm.Four ? 4 : 1;

    // The kernels' R: elements of a thread's column that are in its registers; fewer with four samples, whose sums need registers too.
    private int Held(RecurrentForm form) => form switch
    {
        RecurrentForm.Small => 32,
        RecurrentForm.One => 64,
        _ => _gates == 3 ? 40 : 48,
    };

    private static int Blocks(RecurrentForm form, int batch) => (int)(((long)batch + Samples(form) - 1) / Samples(form));

    // As many as the kernels' threads allow, one a column.
    private int MaxUnits(RecurrentForm form) => form == RecurrentForm.Small ? 32 : (_gates == 1 ? 256 : 512) / _gates;

    private int Threads(int units) => ((_gates * units) + 31) / 32 * 32;

    private long SharedBytes(RecurrentForm form, int units)
    {
        int rows = (units + 3) / 4 * 4;
        int held = Held(form);
        long columns = (long)_gates * units;
        long numbers = (Samples(form) * (((long)Operands * Math.Max(held, rows)) + ((long)Exchanged * units))) + (Math.Max(0, rows - held) * columns);
        if (_backward && form == RecurrentForm.Small) numbers = Math.Max(numbers, 33 * columns);
        return numbers * sizeof(float);
    }

    // How often all multiprocessors get new blocks until all samples are done.
    private long Rounds(RecurrentForm form, int batch, int units, int sharedBytes, int multiprocessors, int registers)
    {
        long together = BlocksTogether(Threads(units), SharedBytes(form, units), sharedBytes, registers);
        long room = together * multiprocessors;
        return (Blocks(form, batch) + room - 1) / room;
    }

    // Blocks that a multiprocessor has room for. What a block can have of shared memory is all there is but for what is kept with it.
    private static long BlocksTogether(int threads, long bytes, int sharedBytes, int registers)
    {
        int registersOfWarp = ((registers * 32) + 255) / 256 * 256;
        long byRegisters = Registers / Math.Max(1, registersOfWarp) / (threads / 32);
        return Math.Max(1, Math.Min(byRegisters, (sharedBytes + ReservedSharedBytes) / (bytes + ReservedSharedBytes)));
    }
}
