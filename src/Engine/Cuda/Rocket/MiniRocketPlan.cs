using System.Runtime.CompilerServices;
using FastNets.Cuda.Kernels;
using FastNets.Rocket;

namespace FastNets.Cuda.Rocket;

/// <summary>A transform's parameters as the kernels of native/cuda/minirocket.cu take them, and how these are launched.</summary>
/// <remarks>Immutable; one for all devices.</remarks>
internal sealed class MiniRocketPlan
{
    /// <summary>The longest series: counts are kept in single precision, which holds whole numbers up to there.</summary>
    public const int MaxLength = (1 << 24) - 1;

    // What the kernels are compiled for.
    private const int BiasesOfJob = 8;
    private const int RowsOfTerms = 15;

    // Three series fill warps of 32 threads to 126 of 128, with half of the 84 kernels padded.
    private const int SeriesOfBlock = 3;

    // What any device gives a block without being asked.
    private const int SharedWords = 12 << 10;

    // More channels than this leave room for too few steps; jobs are cut into fewer kernels, and a kernel that has more alone is computed without terms.
    private const int MostChannels = 60;

    // Tiles below this are not worth taking several series at a time for.
    private const int LeastTile = 20;

    private static readonly ConditionalWeakTable<MiniRocketParameters, MiniRocketPlan> Plans = [];

    private readonly MiniRocketParameters _parameters;
    private readonly MiniRocketJob[] _jobs;
    private readonly int[] _table;
    private readonly int _rows;
    private readonly int _mostKernels;

    private MiniRocketPlan(MiniRocketParameters parameters)
    {
        _parameters = parameters;
        List<MiniRocketJob> jobs = [];
        List<int> table = [];
        for (int kernel = 0; kernel < MiniRocketKernels.Count; kernel++)
        {
            (int a, int b, int c) = MiniRocketKernels.TapsOf(kernel);
            table.Add(a | (b << 4) | (c << 8));
        }

        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            for (int first = 0, count; first < MiniRocketKernels.Count; first += count)
            {
                List<int> channels = Take(parameters, d, first, out count);
                AddJobs(parameters, d, first, count, channels.Count, table.Count, jobs);
                AddPlaces(parameters, d, first, count, channels, table);
            }
        }

        _jobs = [.. jobs];
        _table = [.. table];
        foreach (MiniRocketJob job in _jobs)
        {
            _rows = Math.Max(_rows, (RowsOfTerms * job.Channels) + (parameters.Channels > 1 ? job.Kernels : 0));
            _mostKernels = Math.Max(_mostKernels, job.Kernels);
        }
    }

    /// <summary>What blocks of threads do, each on a few series.</summary>
    public ReadOnlySpan<MiniRocketJob> Jobs => _jobs;

    /// <summary>The biases, one a feature.</summary>
    public ReadOnlySpan<float> Biases => _parameters.Biases;

    /// <summary>The kernels' taps; then for each job its channels, where each of its kernels' lists of them begins and the last one ends, and the lists.</summary>
    public ReadOnlySpan<int> Table => _table;

    /// <summary>The plan for parameters; made once.</summary>
    public static MiniRocketPlan Of(MiniRocketParameters parameters) => Plans.GetValue(parameters, static own => new MiniRocketPlan(own));

    /// <summary>Sets how the work on some series is cut, and says how it is launched.</summary>
    /// <param name="series">The number of series.</param>
    /// <param name="longest">The steps of the longest one, up to <see cref="MaxLength"/>.</param>
    /// <param name="multiprocessors">The device's multiprocessors.</param>
    /// <param name="arguments">The kernel's arguments, whose numbers are set; addresses and the length are the caller's.</param>
    /// <param name="shape">The launch.</param>
    /// <returns>The kernel.</returns>
    public CudaKernel Cut(int series, int longest, int multiprocessors, ref MiniRocketArguments arguments, out LaunchShape shape)
    {
        int wanted = RoundUp(longest);
        int blockSeries = SeriesOfBlock;

        // Few series are shared out one by one, so that all multiprocessors have some; and one has longer tiles than three.
        if ((long)series * _jobs.Length < 2L * SeriesOfBlock * multiprocessors || MostSteps(blockSeries) < Math.Min(wanted, LeastTile)) blockSeries = 1;
        int tiles = ((wanted - 1) / MostSteps(blockSeries)) + 1;
        int tile = RoundUp(((wanted - 1) / tiles) + 1);
        arguments.Series = series;
        arguments.Channels = _parameters.Channels;
        arguments.Features = _parameters.FeatureCount;
        arguments.JobCount = _jobs.Length;
        arguments.BlockSeries = blockSeries;
        arguments.Tile = tile;
        arguments.Pitch = tile | 4;
        int words = Math.Max(blockSeries * _rows * arguments.Pitch, blockSeries * _mostKernels * BiasesOfJob);
        int blocks = checked((((series - 1) / blockSeries) + 1) * _jobs.Length);
        shape = new LaunchShape(blocks, blockSeries == 1 ? 128 : 256, SharedBytes: words * sizeof(float));
        return _parameters.Channels > 1 ? MiniRocketKernelSet.Channels : MiniRocketKernelSet.Univariate;
    }

    /// <summary>How many kernels from one on make a job of their own, and the channels that they have in common; none for kernels that are computed without terms.</summary>
    private static List<int> Take(MiniRocketParameters parameters, int dilationIndex, int first, out int count)
    {
        bool direct = parameters.ChannelsOf(dilationIndex, first).Length > MostChannels;
        List<int> channels = [];
        for (count = 0; first + count < MiniRocketKernels.Count; count++)
        {
            ReadOnlySpan<int> own = parameters.ChannelsOf(dilationIndex, first + count);
            if (own.Length > MostChannels != direct) break;
            if (direct) continue;
            int before = channels.Count;
            foreach (int channel in own)
            {
                if (!channels.Contains(channel)) channels.Add(channel);
            }

            if (channels.Count <= MostChannels) continue;
            channels.RemoveRange(before, channels.Count - before);
            break;
        }

        return channels;
    }

    private static void AddJobs(MiniRocketParameters parameters, int dilationIndex, int firstKernel, int kernels, int channels, int firstPlace, List<MiniRocketJob> jobs)
    {
        int features = parameters.FeaturesPerDilation[dilationIndex];
        int parts = ((features - 1) / BiasesOfJob) + 1;
        for (int part = 0; part < parts; part++)
        {
            int first = (int)((long)features * part / parts);
            jobs.Add(
                new MiniRocketJob
                {
                    Dilation = parameters.Dilations[dilationIndex],
                    Features = features,
                    FirstFeature = parameters.FirstFeatureOf(dilationIndex) + first,
                    Biases = (int)((long)features * (part + 1) / parts) - first,
                    FirstKernel = firstKernel,
                    Kernels = kernels,
                    Padding = parameters.AlwaysPads ? 2 : dilationIndex & 1,
                    Channels = channels,
                    FirstPlace = firstPlace,
                });
        }
    }

    private static void AddPlaces(MiniRocketParameters parameters, int dilationIndex, int firstKernel, int kernels, List<int> channels, List<int> table)
    {
        table.AddRange(channels);
        int starts = table.Count;
        for (int i = 0; i <= kernels; i++) table.Add(0);
        for (int i = 0; i < kernels; i++)
        {
            table[starts + i] = table.Count;
            foreach (int channel in parameters.ChannelsOf(dilationIndex, firstKernel + i)) table.Add(channels.Count == 0 ? channel : channels.IndexOf(channel));
        }

        table[starts + kernels] = table.Count;
    }

    /// <summary>The most steps that a block has room for: less than 4 more are the odd multiple of 4 that rows lie apart.</summary>
    private int MostSteps(int blockSeries) => ((SharedWords / (blockSeries * _rows)) - 4) / 8 * 8 + 4;

    private static int RoundUp(int length) => (length + 3) & -4;
}
