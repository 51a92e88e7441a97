using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FastNets.Data;
using FastNets.Perf.Cases;
using FastNets.Rocket;

namespace FastNets.Perf;

/// <summary>Transforms a set of any size in bounded memory: random walks of 140 steps that are made on the fly, 40 KB of features each.</summary>
internal static class StreamRun
{
    private const int Length = 140;
    private const int SeriesToFit = 100;
    private const int SampledRows = 200;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Runs and checks a sample of the rows exactly.</summary>
    /// <param name="gigabytes">How many gigabytes of features to make.</param>
    /// <param name="path">The file for them; null to drop them.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <returns>The figures as one line of JSON.</returns>
    /// <exception cref="IOException">A row is wrong, or the file cannot be written.</exception>
    public static string Run(double gigabytes, string? path, TextWriter progress)
    {
        MiniRocket transform = MiniRocket.Fit(RandomWalks.Make(0, SeriesToFit, Length));
        long rowBytes = transform.FeatureCount * (long)sizeof(float);
        long series = Math.Max((long)(gigabytes * 1e9 / rowBytes), 1);
        var options = new TransformStreamOptions { Progress = new Lines(progress) };
        var sample = new Sample(transform, series);

        using SeriesReader source = SeriesReader.Generate("random walks", (first, most) => RandomWalks.Make(first, most, Length), series);
        long start = Stopwatch.GetTimestamp();
        if (path is null) transform.TransformChunks(source, sample.Check, options);
        else transform.TransformToNpy(source, path, options);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (path is not null) sample.CheckFile(path, rowBytes);
        return Line(path is null ? "none" : "file", series, sample.Checked, series * rowBytes, seconds);
    }

    private static string Line(string output, long series, int rows, long bytes, double seconds)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("case", $"minirocket/stream_t{Length}");
            json.WriteString("output", output);
            json.WriteNumber("series", series);
            json.WriteNumber("gigabytes", Math.Round(bytes / 1e9, 3));
            json.WriteNumber("seconds", Math.Round(seconds, 2));
            json.WriteNumber("series_per_s", Math.Round(series / seconds));
            json.WriteNumber("megabytes_per_s", Math.Round(bytes / seconds / 1e6));
            json.WriteNumber("peak_working_set_mb", Math.Round(PeakWorkingSet() / 1e6));
            json.WriteNumber("rows_checked", rows);
            json.WriteNumber("threads", Machine.Threads);
            json.WriteString("isa", Machine.Isa);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static long PeakWorkingSet()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Rows at even distances, compared with the transform of their series alone.</summary>
    private sealed class Sample(MiniRocket transform, long series)
    {
        private readonly float[] _expected = new float[transform.FeatureCount];
        private readonly long _step = Math.Max(series / SampledRows, 1);

        public int Checked { get; private set; }

        public void Check(long first, int rows, ReadOnlySpan<float> features)
        {
            for (long row = (first + _step - 1) / _step * _step; row < first + rows; row += _step)
                CheckRow(row, features.Slice((int)(row - first) * transform.FeatureCount, transform.FeatureCount));
        }

        public void CheckFile(string path, long rowBytes)
        {
            using FileStream file = File.OpenRead(path);
            long header = file.Length - (series * rowBytes);
            float[] features = new float[transform.FeatureCount];
            for (long row = 0; row < series; row += _step)
            {
                file.Position = header + (row * rowBytes);
                file.ReadExactly(MemoryMarshal.AsBytes(features.AsSpan()));
                CheckRow(row, features);
            }
        }

        private void CheckRow(long row, ReadOnlySpan<float> features)
        {
            transform.Transform(RandomWalks.Make(row, 1, Length).Series(0), _expected);
            if (!features.SequenceEqual(_expected)) throw new IOException(string.Create(CultureInfo.InvariantCulture, $"row {row} is not what its series gives."));
            Checked++;
        }
    }

    private sealed class Lines(TextWriter writer) : IProgress<TransformProgress>
    {
        private long _last = Stopwatch.GetTimestamp();

        public void Report(TransformProgress value)
        {
            if (Stopwatch.GetElapsedTime(_last) < BetweenLines) return;
            _last = Stopwatch.GetTimestamp();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.SeriesDone} of {value.SeriesTotal} series, {value.BytesWritten / 1e9:0.0} GB"));
        }
    }
}
