using System.IO.Compression;
using System.Text;
using FastNets.Data;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

/// <summary>Reads series from text in a test.</summary>
internal static class Text
{
    public const string Name = "data";

    public static SeriesSet Read(string text, SeriesFileOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static SeriesSet Read(string text, CsvOptions csv) => Read(text, new SeriesFileOptions { Csv = csv });

    public static SeriesSet Read(byte[] bytes, SeriesFileOptions? options = null) => SeriesFile.Read(new MemoryStream(bytes), Name, options);

    public static string Refusal(string text, SeriesFileOptions? options = null) => Refusal(Encoding.UTF8.GetBytes(text), options);

    public static string Refusal(byte[] bytes, SeriesFileOptions? options = null) => Should.Throw<DataFormatException>(() => Read(bytes, options)).Message;

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static string[] Names(SeriesSet set)
    {
        string[] names = new string[set.Labels.Length];
        for (int i = 0; i < names.Length; i++) names[i] = set.Classes[set.Labels[i]];
        return names;
    }
}
