using FastNets.Cuda.Kernels;
using FastNets.Cuda.Rocket;
using FastNets.Data;
using FastNets.Rocket;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Rocket;

/// <summary>How a transform's work is cut; needs no GPU.</summary>
public sealed class MiniRocketPlanTests
{
    private static IEnumerable<TestCaseData> Transforms()
    {
        foreach (int channels in new[] { 1, 2, 24, 300 })
        {
            foreach (bool pads in new[] { false, true })
            {
                SeriesSet set = GpuSeries.RandomWalks(2, channels, 140);
                MiniRocketParameters parameters = MiniRocket.Fit(set, new MiniRocketOptions { Features = 84 * 40, AlwaysPads = pads }).Parameters;
                yield return new TestCaseData(parameters).SetArgDisplayNames($"{channels} channels, pads: {pads}");
            }
        }
    }

    [TestCaseSource(nameof(Transforms))]
    public void Every_feature_is_counted_once_with_its_dilation_and_its_channels(MiniRocketParameters parameters)
    {
        MiniRocketPlan plan = MiniRocketPlan.Of(parameters);
        int[] dilationOf = new int[parameters.FeatureCount];
        foreach (MiniRocketJob job in plan.Jobs)
        {
            job.Biases.ShouldBeInRange(1, 8);
            int[] used = plan.Table.Slice(job.FirstPlace, job.Channels).ToArray();
            used.ShouldBeUnique();
            for (int kernel = 0; kernel < job.Kernels; kernel++)
            {
                int number = job.FirstKernel + kernel;
                for (int i = 0; i < job.Biases; i++)
                {
                    ref int place = ref dilationOf[job.FirstFeature + (number * job.Features) + i];
                    place.ShouldBe(0);
                    place = job.Dilation;
                }

                int start = plan.Table[job.FirstPlace + job.Channels + kernel], end = plan.Table[job.FirstPlace + job.Channels + kernel + 1];
                int[] channels = [.. plan.Table[start..end].ToArray().Select(local => used[local])];
                channels.ShouldBe(parameters.ChannelsOf(parameters.Dilations.IndexOf(job.Dilation), number).ToArray());
            }
        }

        for (int d = 0; d < parameters.Dilations.Length; d++)
        {
            int first = parameters.FirstFeatureOf(d);
            dilationOf.AsSpan(first, parameters.FeaturesPerDilation[d] * 84).ContainsAnyExcept(parameters.Dilations[d]).ShouldBeFalse();
        }
    }

    [TestCaseSource(nameof(Transforms))]
    public void Launches_fit_any_device_and_tiles_fill_the_series(MiniRocketParameters parameters)
    {
        MiniRocketPlan plan = MiniRocketPlan.Of(parameters);
        foreach (int series in new[] { 1, 2, 3, 1000 })
        {
            foreach (int length in (int[])[1, 9, 140, 268, 269, 812, 813, 5000, MiniRocketPlan.MaxLength])
            {
                var arguments = default(MiniRocketArguments);
                CudaKernel kernel = plan.Cut(series, length, 132, ref arguments, out LaunchShape shape);
                kernel.ShouldBe(parameters.Channels > 1 ? MiniRocketKernelSet.Channels : MiniRocketKernelSet.Univariate);
                shape.SharedBytes.ShouldBeLessThanOrEqualTo(48 << 10);
                (arguments.Tile % 4).ShouldBe(0);
                (arguments.Pitch % 8).ShouldBe(4);
                arguments.Pitch.ShouldBeInRange(arguments.Tile, arguments.Tile + 4);

                // No tile is empty, and the last one is not much shorter than the others.
                int tiles = ((length - 1) / arguments.Tile) + 1;
                ((tiles * arguments.Tile) - length).ShouldBeLessThan(4 * tiles);
                shape.BlocksX.ShouldBe((((series - 1) / arguments.BlockSeries) + 1) * plan.Jobs.Length);
                foreach (MiniRocketJob job in plan.Jobs)
                {
                    int rows = arguments.BlockSeries * ((15 * job.Channels) + (parameters.Channels > 1 ? job.Kernels : 0));
                    shape.SharedBytes.ShouldBeGreaterThanOrEqualTo(rows * arguments.Pitch * sizeof(float));
                    shape.SharedBytes.ShouldBeGreaterThanOrEqualTo(arguments.BlockSeries * job.Kernels * job.Biases * sizeof(float));
                    int padded = job.Padding == 2 ? job.Kernels : (job.Kernels + 1 - ((job.FirstKernel + job.Padding) & 1)) / 2;
                    shape.Threads.ShouldBeGreaterThanOrEqualTo(Warps(arguments.BlockSeries * padded) + Warps(arguments.BlockSeries * (job.Kernels - padded)));
                }
            }
        }

        static int Warps(int threads) => (threads + 31) & -32;
    }

    [Test]
    public void Many_series_are_taken_by_three_and_few_one_by_one()
    {
        MiniRocketPlan plan = MiniRocketPlan.Of(MiniRocket.Fit(GpuSeries.RandomWalks(2, 1, 140)).Parameters);
        var arguments = default(MiniRocketArguments);
        plan.Cut(1000, 140, 132, ref arguments, out LaunchShape many);
        (arguments.BlockSeries, many.Threads).ShouldBe((3, 256));
        plan.Cut(10, 140, 132, ref arguments, out LaunchShape few);
        (arguments.BlockSeries, few.Threads).ShouldBe((1, 128));
    }

    [Test]
    public void A_plan_is_made_once()
    {
        MiniRocketParameters parameters = MiniRocket.Fit(GpuSeries.RandomWalks(2, 1, 20), new MiniRocketOptions { Features = 84 }).Parameters;
        MiniRocketPlan.Of(parameters).ShouldBeSameAs(MiniRocketPlan.Of(parameters));
    }
}
