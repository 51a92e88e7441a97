using FastNets.Cuda.Kernels;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Cuda.Tests.Operations;

/// <summary>Which form of the recurrent kernels suits a shape.</summary>
public sealed class RecurrentFormTests
{
    private const int H100Shared = 232448;
    private const int H100Multiprocessors = 132;

    [TestCase(1, 5, "Small")]
    [TestCase(4096, 32, "Small")]
    [TestCase(1, 33, "One")]
    [TestCase(132, 100, "One")]
    [TestCase(4096, 100, "Four")]
    [TestCase(1, 128, "One")]
    [TestCase(1, 129, "Steps")]
    public void Of_an_lstm(int batch, int units, string form)
    {
        LstmKernelSet.Forward.Choose(batch, units, H100Shared, H100Multiprocessors).ToString().ShouldBe(form);
        LstmKernelSet.Backward.Choose(batch, units, H100Shared, H100Multiprocessors).ToString().ShouldBe(form);
    }

    [Test]
    public void No_form_asks_for_more_than_a_block_has()
    {
        RecurrentKernelForms[] all =
            [LstmKernelSet.Forward, LstmKernelSet.Backward, GruKernelSet.Forward, GruKernelSet.Backward, RnnKernelSet.Forward, RnnKernelSet.Backward];
        foreach (RecurrentKernelForms kernels in all)
        {
            foreach (int sharedBytes in (int[])[48 << 10, 99 << 10, H100Shared])
            {
                for (int units = 1; units < 300; units++)
                {
                    RecurrentForm form = kernels.Choose(1000, units, sharedBytes, 80);
                    if (form == RecurrentForm.Steps) continue;
                    LaunchShape shape = kernels.Shape(form, 1000, units);
                    shape.SharedBytes.ShouldBeLessThanOrEqualTo(sharedBytes);
                    shape.Threads.ShouldBeLessThanOrEqualTo(512);
                    (shape.Threads % 32).ShouldBe(0);
                }
            }
        }
    }
}
