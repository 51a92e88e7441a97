using FastNets.Cuda.Kernels;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Devices;

/// <summary>The shapes of launches keep to what the driver allows; needs no GPU.</summary>
public sealed class LaunchShapeTests
{
    [Test]
    public void Groups_of_columns_that_y_has_no_room_for_go_on_along_z(
        [Values(1, 2, 65534, 65535, 65536, 65537, 131070, 131071, 1_000_003, 67_108_864)] int groups, [Values(1, 8_388_608)] int parts)
    {
        LaunchShape shape = LaunchShape.ByColumns(parts, groups);
        shape.BlocksX.ShouldBe(parts);
        shape.Threads.ShouldBe(256);
        shape.BlocksY.ShouldBeInRange(1, 65535);
        shape.BlocksZ.ShouldBeInRange(1, 65535);
        ((long)shape.BlocksY * shape.BlocksZ).ShouldBeInRange(groups, (long)groups + shape.BlocksZ - 1);
        if (groups <= 65535) shape.BlocksZ.ShouldBe(1);
    }

    [Test]
    public void Without_parts_or_groups_there_is_nothing_to_run()
    {
        LaunchShape.ByColumns(0, 5).IsEmpty.ShouldBeTrue();
        LaunchShape.ByColumns(5, 0).IsEmpty.ShouldBeTrue();
    }
}
