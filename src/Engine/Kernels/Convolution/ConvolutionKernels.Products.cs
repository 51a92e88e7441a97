namespace FastNets.Kernels.Convolution;

public static unsafe partial class ConvolutionKernels
{
    /// <summary>Rows are output steps, sums run over taps and channels.</summary>
    private static SeriesProduct ForwardProduct(float* x, float* kernel, float* y, int batch, in ConvolutionShape shape)
    {
        float* window = InputWindow(x, batch, shape, out nint series);
        int depth = shape.Width * shape.Channels;
        var product = new SeriesProduct
        {
            A = window,
            ASeries = series,
            ARow = (nint)shape.Stride * shape.Channels,
            ARun = (nint)shape.Dilation * shape.Channels,
            AStep = 1,
            ASteps = AdjacentTaps(shape) * shape.Channels,
            B = kernel,
            BStep = shape.Filters,
            BColumn = 1,
            BSteps = depth,
            C = y,
            CSeries = (nint)shape.OutputLength * shape.Filters,
            CRow = shape.Filters,
            Series = batch,
            Rows = shape.OutputLength,
            Columns = shape.Filters,
            Depth = depth,
        };
        return product.ASeries == product.Rows * product.ARow ? OneSeries(product) : product;
    }

    /// <summary>Rows are taps and channels, sums run over the output steps of all series, which are adjacent in dZ.</summary>
    private static SeriesProduct WeightGradientProduct(float* x, float* dZ, float* dKernel, int batch, in ConvolutionShape shape)
    {
        float* window = InputWindow(x, batch, shape, out nint series);
        int taps = AdjacentTaps(shape);
        int depth = batch * shape.OutputLength;
        nint step = (nint)shape.Stride * shape.Channels;
        return new SeriesProduct
        {
            A = window,
            ASeries = (nint)shape.Dilation * shape.Channels,
            ARow = 1,
            ARun = series,
            AStep = step,
            ASteps = series == shape.OutputLength * step ? Math.Max(1, depth) : shape.OutputLength,
            B = dZ,
            BStep = shape.Filters,
            BColumn = 1,
            BSteps = Math.Max(1, depth),
            C = dKernel,
            CSeries = (nint)shape.Channels * shape.Filters,
            CRow = shape.Filters,
            Series = shape.Width / taps,
            Rows = taps * shape.Channels,
            Columns = shape.Filters,
            Depth = depth,
        };
    }

    /// <summary>
    /// Rows are the input steps j with (j + padLeft) % stride = phase, sums run over the taps that reach them and the filters. Where no tap does
    /// the answer is false, and the product holds only the rows.
    /// </summary>
    /// <remarks>
    /// A tap w reaches j where j + padLeft - w * dilation is a multiple of the stride. With g the greatest common divisor of both, such taps lie
    /// stride / g apart, and their outputs dilation / g. The last tap comes first, so that outputs are read in their order.
    /// </remarks>
    private static bool InputGradientProduct(
        float* window, int first, nint series, float* kernel, float* dX, int phase, int batch, in ConvolutionShape shape, out SeriesProduct product)
    {
        int divisor = GreatestCommonDivisor(shape.Stride, shape.Dilation);
        int tapStep = shape.Stride / divisor;
        int outputStep = shape.Dilation / divisor;
        int step = (phase - (shape.PadLeft % shape.Stride) + shape.Stride) % shape.Stride;
        product = new SeriesProduct
        {
            C = dX + ((nint)step * shape.Channels),
            CSeries = (nint)shape.Length * shape.Channels,
            CRow = (nint)shape.Stride * shape.Channels,
            Series = batch,
            Rows = step >= shape.Length ? 0 : ((shape.Length - 1 - step) / shape.Stride) + 1,
            Columns = shape.Channels,
        };
        int tap = 0;
        while (tap < tapStep && (int)((long)tap * shape.Dilation % shape.Stride) != phase) tap++;
        if (tap >= tapStep || tap >= shape.Width) return false;
        int taps = ((shape.Width - 1 - tap) / tapStep) + 1;
        int lastTap = tap + ((taps - 1) * tapStep);
        int output = (step + shape.PadLeft - (lastTap * shape.Dilation)) / shape.Stride;
        product.A = window + ((nint)(output - first) * shape.Filters);
        product.ASeries = series;
        product.ARow = shape.Filters;
        product.ARun = (nint)outputStep * shape.Filters;
        product.AStep = 1;
        product.ASteps = outputStep == 1 ? taps * shape.Filters : shape.Filters;
        product.B = kernel + ((nint)lastTap * shape.Channels * shape.Filters);
        product.BRun = -(nint)tapStep * shape.Channels * shape.Filters;
        product.BStep = 1;
        product.BColumn = shape.Filters;
        product.BSteps = shape.Filters;
        product.Depth = taps * shape.Filters;
        if (product.ASeries == product.Rows * product.ARow && product.CSeries == product.Rows * product.CRow) product = OneSeries(product);
        return true;
    }

    /// <summary>The input steps that output steps see, from the first one's first tap to the last one's last.</summary>
    private static float* InputWindow(float* x, int batch, in ConvolutionShape shape, out nint series) => SeriesWindow.Open(
        x, batch, shape.Length, shape.Channels, -shape.PadLeft, checked(((shape.OutputLength - 1) * shape.Stride) + shape.Span), out series);

    /// <summary>The output steps that input steps would see, if there were outputs before the first and after the last.</summary>
    private static float* OutputWindow(float* dZ, int batch, in ConvolutionShape shape, out int first, out nint series)
    {
        // Rounded up, also below 0, where the division does so by itself.
        int lowest = shape.PadLeft - (shape.Dilation * (shape.Width - 1));
        first = lowest > 0 ? (lowest + shape.Stride - 1) / shape.Stride : lowest / shape.Stride;
        int last = (shape.Length - 1 + shape.PadLeft) / shape.Stride;
        return SeriesWindow.Open(dZ, batch, shape.OutputLength, shape.Filters, first, Math.Max(0, last - first + 1), out series);
    }

    /// <summary>How many taps lie side by side.</summary>
    private static int AdjacentTaps(in ConvolutionShape shape) => shape.Dilation == 1 ? shape.Width : 1;

    /// <summary>Series without a gap between them are one, whose panels of rows are all full.</summary>
    private static SeriesProduct OneSeries(in SeriesProduct product)
    {
        SeriesProduct one = product;
        one.Rows *= product.Series;
        one.Series = Math.Min(1, product.Series);
        return one;
    }

    private static void Clear(in SeriesProduct product)
    {
        for (int series = 0; series < product.Series; series++)
        {
            for (int i = 0; i < product.Rows; i++)
                new Span<float>(product.C + (series * product.CSeries) + (i * product.CRow), product.Columns).Clear();
        }
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
