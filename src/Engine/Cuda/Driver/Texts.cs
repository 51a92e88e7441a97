using System.Globalization;

namespace FastNets.Cuda.Driver;

/// <summary>Sizes of memory for people.</summary>
internal static class ByteText
{
    /// <summary>As "512 bytes", "1.5 MiB", "79.2 GiB".</summary>
    public static string Of(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };
}

/// <summary>CUDA versions for people.</summary>
internal static class VersionText
{
    /// <summary>12040 is "12.4".</summary>
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");
}
