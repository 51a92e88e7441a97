using FastNets.Kernels;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Kernels;

/// <summary>
/// The build runs this project several times with instruction sets switched off. A switch that the runtime does not know
/// is ignored without a word, so each leg says what it expects and these tests look at the effect.
/// </summary>
public class IsaLegTests
{
    private const string Expectation = "FASTNETS_EXPECT_ISA";

    [Test]
    public void The_leg_runs_on_the_instruction_set_that_it_was_set_up_for()
    {
        string? expected = Environment.GetEnvironmentVariable(Expectation);
        if (string.IsNullOrEmpty(expected)) Assert.Ignore($"{Expectation} is not set: this run is no ISA leg.");

        CpuIsa.Name(CpuIsa.Best).ShouldBe(expected);
    }

    [Test]
    public void The_widest_instruction_set_is_used_unless_another_is_asked_for()
    {
        string? forced = Environment.GetEnvironmentVariable(CpuIsa.EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(forced)) CpuIsa.Active.ShouldBe(CpuIsa.Best);
        else CpuIsa.Name(CpuIsa.Active).ShouldBe(forced.ToLowerInvariant());
    }
}
