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
        Form(LstmKernelSet.Forward, batch, units, H100Shared, H100Multiprocessors).ToString().ShouldBe(form);
        Form(LstmKernelSet.Backward, batch, units, H100Shared, H100Multiprocessors).ToString().ShouldBe(form);
    }

    // 64 units are two warps, of which 16 blocks fit with 64 registers a thread, 8 with 128, 4 with 255. Two rounds of one sample are as fast as one of four.
    [TestCase(64, 64, 132 * 16 * 2, "One")]
    [TestCase(64, 64, (132 * 16 * 2) + 1, "Four")]
    [TestCase(128, 128, 132 * 8 * 2, "One")]
    [TestCase(128, 128, (132 * 8 * 2) + 1, "Four")]
    [TestCase(255, 255, 132 * 4 * 2, "One")]
    [TestCase(255, 255, (132 * 4 * 2) + 1, "Four")]
    [TestCase(128, 255, (132 * 4 * 4) + 1, "One")]
    public void Blocks_are_counted_by_their_registers(int ofOne, int ofFour, int batch, string form) =>
        RnnKernelSet.Forward.Choose(batch, 64, H100Shared, H100Multiprocessors, ofOne, ofFour).ToString().ShouldBe(form);

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
                    RecurrentForm form = Form(kernels, 1000, units, sharedBytes, 80);
                    if (form == RecurrentForm.Steps) continue;
                    LaunchShape shape = kernels.Shape(form, 1000, units);
                    shape.SharedBytes.ShouldBeLessThanOrEqualTo(sharedBytes);
                    shape.Threads.ShouldBeLessThanOrEqualTo(512);
                    (shape.Threads % 32).ShouldBe(0);
                }
            }
        }
    }

    private static RecurrentForm Form(RecurrentKernelForms kernels, int batch, int units, int sharedBytes, int multiprocessors) =>
        kernels.HasChoice(units, sharedBytes) ? kernels.Choose(batch, units, sharedBytes, multiprocessors, 128, 128) : kernels.Only(units, sharedBytes);
}
