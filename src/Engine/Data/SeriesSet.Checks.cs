using System.Numerics.Tensors;

namespace FastNets.Data;

/// <content>Checks that a set is fit for a purpose; each returns the set, so that they can be chained.</content>
public sealed partial class SeriesSet
{
    /// <summary>Checks that no value is missing or infinite.</summary>
    /// <exception cref="DataFormatException">One is; the message names the file, the line, the position and the value.</exception>
    public SeriesSet RequireFinite()
    {
        if (TensorPrimitives.IsFiniteAll<float>(_values)) return this;
        for (int series = 0; series < Count; series++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                ReadOnlySpan<float> values = Channel(series, channel);
                for (int t = 0; t < values.Length; t++)
                {
                    if (float.IsFinite(values[t])) continue;
                    string where = Channels > 1 ? $"series {FirstIndex + series}, channel {channel}, position {t}" : $"series {FirstIndex + series}, position {t}";
                    string what = float.IsNaN(values[t])
                        ? "the value is missing (NaN); fill it in, or have missing values interpolated (--missing interpolate; SeriesFileOptions.Missing)"
                        : $"the value is {(values[t] > 0 ? "" : "-")}infinite; correct it";
                    throw Bad(series, $"{where}: {what}.");
                }
            }
        }

        return this;
    }

    /// <summary>Checks that every series has at least a number of time steps.</summary>
    /// <param name="steps">The least number.</param>
    /// <exception cref="DataFormatException">A series is shorter; the message names the file and the line.</exception>
    public SeriesSet RequireMinLength(int steps)
    {
        if (Count == 0 || MinLength >= steps) return this;
        int series = Array.FindIndex(_lengths, length => length < steps);
        throw Bad(series, $"series {FirstIndex + series} has {_lengths[series]} time steps, but at least {steps} are needed; pad it or leave it out.");
    }

    /// <summary>Checks that all series have the same length.</summary>
    /// <exception cref="DataFormatException">Two differ; the message names both.</exception>
    public SeriesSet RequireEqualLength()
    {
        if (IsEqualLength) return this;
        int series = Array.FindIndex(_lengths, length => length != _lengths[0]);
        throw Bad(series, $"series {FirstIndex + series} has {_lengths[series]} time steps, but series {FirstIndex} has {_lengths[0]}; equal lengths are needed here.");
    }

    /// <summary>Checks that classes are known.</summary>
    /// <exception cref="DataFormatException">They are not.</exception>
    public SeriesSet RequireLabels()
        => HasLabels ? this : throw DataFormatException.At(Name, 0, "the series have no labels, but classes are needed here.");

    /// <summary>Checks that a classifier can be trained: labels, at least two classes, no missing or infinite value, no empty series.</summary>
    /// <exception cref="DataFormatException">It cannot; the message says why.</exception>
    public SeriesSet RequireTrainable()
    {
        RequireLabels();
        if (!_labels.AsSpan().ContainsAnyExcept(_labels[0]))
            throw DataFormatException.At(Name, 0, $"all {Count} series are of the class '{Classes[_labels[0]]}'; a classifier needs two or more classes.");
        return RequireMinLength(1).RequireFinite();
    }

    private DataFormatException Bad(int series, string what) => DataFormatException.At(Name, LineOf(series), what);
}
