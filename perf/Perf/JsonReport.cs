using System.Text;
using System.Text.Json;

namespace FastNets.Perf;

/// <summary>Writes results as JSON: a line a case to read along, and a file with every round and the machine's facts.</summary>
internal static class JsonReport
{
    /// <summary>A case as one line.</summary>
    public static string Line(PerfResult result)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            WriteFigures(json, result);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes all results to a file, making its folder where it lacks.</summary>
    public static void WriteFile(string path, IReadOnlyList<PerfResult> results)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using FileStream stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("machine");
        json.WriteString("cpu", Machine.Cpu);
        json.WriteNumber("processors", Machine.Processors);
        if (Machine.Gpu is { } gpu)
        {
            json.WriteString("gpu", gpu.Name);
            json.WriteString("driver", gpu.DriverVersion);
            json.WriteString("cublas", gpu.CublasVersion);
        }

        json.WriteString("os", Machine.OperatingSystem);
        json.WriteString("runtime", Machine.Runtime);
        json.WriteEndObject();
        json.WriteString("date", Machine.Date);
        if (Machine.Commit.Length > 0) json.WriteString("commit", Machine.Commit);
        json.WriteStartArray("cases");
        foreach (PerfResult result in results)
        {
            json.WriteStartObject();
            WriteFigures(json, result);
            json.WriteStartArray("rounds_ms");
            foreach (double milliseconds in result.Milliseconds) json.WriteNumberValue(Rounded(milliseconds));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, PerfResult result)
    {
        double median = result.Median;
        json.WriteString("case", result.Case.Name);
        json.WriteNumber("ms", Rounded(median));
        json.WriteNumber("min_ms", Rounded(result.Min));
        json.WriteNumber("mad_ms", Rounded(result.Deviation));
        json.WriteNumber("threads", Machine.Threads);
        json.WriteString("isa", Machine.Isa);
        json.WriteString("device", Device.Default.ToString());
        if (result.DeviceMilliseconds is { } device) json.WriteNumber("device_ms", Rounded(device));
        json.WriteNumber("rounds", result.Milliseconds.Length);
        json.WriteNumber("allocated_bytes", Math.Round(result.AllocatedBytes));
        foreach (PerfFigure figure in result.Case.Figures) json.WriteNumber(figure.Name, Rounded(figure.PerOperation / (median * 1e-3)));
    }

    /// <summary>Five significant digits: the rest is noise.</summary>
    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return 0;
        int digits = 4 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits switch
        {
            > 15 => value,
            >= 0 => Math.Round(value, digits),
            _ => Math.Round(value),
        };
    }
}
