using FastNets.Kernels.Convolution;
using FastNets.Tests.Shared.Reference;

namespace FastNets.Engine.Tests.Kernels.Convolution;

/// <summary>Sizes of convolutions: each size alone over its range, and mixtures of all.</summary>
internal static class ConvolutionCases
{
    public static IEnumerable<(int Batch, ConvolutionShape Shape)> All()
    {
        foreach (int length in (int[])[.. Enumerable.Range(1, 20), 33, 140]) yield return (2, new(length, 3, 5, 3, 1, 1, 1, 1));
        foreach (int channels in (int[])[.. Enumerable.Range(1, 9), 17]) yield return (2, new(11, channels, 6, 3, 1, 1, 1, 1));
        foreach (int filters in (int[])[.. Enumerable.Range(1, 20), 33, 70, 140]) yield return (2, new(9, 4, filters, 3, 1, 1, 1, 1));
        for (int width = 1; width <= 9; width++)
        {
            yield return (3, new(12, 2, 7, width, 1, 1, width - 1, 0));
            yield return (3, new(12, 2, 7, width, 1, 1, 0, 0));
            yield return (2, new(5, 3, 4, width, 2, 1, width + 3, width + 1));
        }

        foreach (int stride in (int[])[1, 2, 3, 4, 6])
        {
            for (int dilation = 1; dilation <= 4; dilation++)
            {
                foreach (int width in (int[])[1, 2, 3, 5])
                {
                    yield return (2, new(17, 3, 4, width, stride, dilation, 2, 3));
                    yield return (2, new(20, 2, 3, width, stride, dilation, dilation * (width - 1), 0));
                    yield return (1, new(21, 1, 1, width, stride, dilation, 0, 0));
                }
            }
        }

        yield return (1, new(140, 1, 128, 8, 1, 1, 3, 4));
        yield return (3, new(140, 17, 33, 9, 1, 1, 4, 4));
        yield return (2, new(70, 64, 64, 7, 1, 2, 12, 0));
        yield return (2, new(33, 40, 400, 3, 2, 1, 1, 1));
        yield return (40, new(5, 9, 33, 1, 1, 1, 0, 0));
        yield return (16, new(140, 8, 8, 3, 1, 1, 1, 1));
        yield return (0, new(5, 2, 3, 2, 1, 1, 0, 0));
    }

    public static ReferenceConvolution Reference(int batch, ConvolutionShape shape) => new(
        batch, shape.Length, shape.Channels, shape.Filters, shape.Width, shape.Stride, shape.Dilation, shape.PadLeft, shape.PadRight);

    public static int Input(int batch, ConvolutionShape shape) => batch * shape.Length * shape.Channels;

    public static int Kernel(ConvolutionShape shape) => shape.Width * shape.Channels * shape.Filters;

    public static int Output(int batch, ConvolutionShape shape) => batch * shape.OutputLength * shape.Filters;
}
