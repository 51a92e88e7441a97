using FastNets.Memory;

namespace FastNets.Rocket;

/// <summary>How many of the edges' outputs exceeded each bias in the latest steps: as many steps as a dilation is, for these outputs change again that many steps later.</summary>
/// <remarks>A byte a feature of a padded kernel and step, so that there is a limit: with larger dilations nothing is remembered.</remarks>
internal sealed unsafe class EdgeHistory : IDisposable
{
    /// <summary>The largest dilation that is remembered.</summary>
    public const int LargestDilation = 512;

    private readonly AlignedBuffer _memory;
    private readonly Ring[] _rings;

    /// <summary>Starts with nothing remembered.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="slots">The lanes that half of the kernels take.</param>
    public EdgeHistory(MiniRocketParameters parameters, int slots)
    {
        _rings = new Ring[parameters.Dilations.Length];
        long length = 0;
        for (int d = 0; d < _rings.Length; d++)
        {
            int dilation = parameters.Dilations[d];
            int row = (parameters.AlwaysPads ? 2 : 1) * slots * parameters.FeaturesPerDilation[d];
            _rings[d] = new Ring { Start = length, Row = row, Rows = dilation <= LargestDilation ? dilation : 1, Remembers = dilation <= LargestDilation };
            length += (long)row * _rings[d].Rows;
        }

        _memory = new AlignedBuffer((length + sizeof(float) - 1) / sizeof(float));
    }

    /// <summary>Moves on by one step.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    /// <param name="remembered">Whether the row holds what was written to it as many steps before as the dilation is.</param>
    /// <returns>The step's row, the padded kernels' features in their order; to be overwritten.</returns>
    public byte* Next(int dilationIndex, out bool remembered)
    {
        ref Ring ring = ref _rings[dilationIndex];
        remembered = ring.Remembers && ring.Filled == ring.Rows;
        if (ring.Filled < ring.Rows) ring.Filled++;
        byte* row = (byte*)_memory.Pointer + ring.Start + ((long)ring.At * ring.Row);
        ring.At = ring.At + 1 == ring.Rows ? 0 : ring.At + 1;
        return row;
    }

    /// <summary>Forgets what was remembered of a dilation.</summary>
    /// <param name="dilationIndex">The dilation.</param>
    public void Forget(int dilationIndex) => _rings[dilationIndex].Filled = 0;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();

    private struct Ring
    {
        public long Start;
        public int Row;
        public int Rows;
        public bool Remembers;
        public int At;
        public int Filled;
    }
}
