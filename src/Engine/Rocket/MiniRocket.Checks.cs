using System.Numerics.Tensors;
using FastNets.Data;

namespace FastNets.Rocket;

/// <content>Whether a transform can be fitted, and series transformed.</content>
public sealed unsafe partial class MiniRocket
{
    /// <summary>Checks that a transform can be fitted.</summary>
    /// <param name="train">The training series.</param>
    /// <param name="options">What is asked for.</param>
    /// <returns>The length that dilations are chosen for, and whether all kernels are used with padding.</returns>
    /// <exception cref="DataFormatException">The series cannot be used.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal static (int Length, bool AlwaysPads) CheckFit(SeriesSet train, MiniRocketOptions options)
    {
        if (options.Features < 1) throw new ArgumentException($"{options.Features} features were asked for; ask for 84 or more.", nameof(options));
        if (options.MaxDilationsPerKernel < 1) throw new ArgumentException($"At most {options.MaxDilationsPerKernel} dilations were asked for; ask for 1 or more.", nameof(options));
        if (train.Count == 0) throw DataFormatException.At(train.Name, 0, "there is no series to fit MiniRocket to.");
        bool alwaysPads = options.AlwaysPads ?? !train.IsEqualLength;
        if (!alwaysPads && options.ReferenceLength is not null)
            throw new ArgumentException("ReferenceLength goes with AlwaysPads (--reference-length with --any-length): otherwise dilations are chosen for the series' own length.", nameof(options));
        if (options.ReferenceLength is < MiniRocketParameters.MinInputLength)
            throw new ArgumentException($"ReferenceLength is {options.ReferenceLength}; ask for {MiniRocketParameters.MinInputLength} or more, the length of a kernel.", nameof(options));

        if (alwaysPads) train.RequireMinLength(1);
        else train.RequireMinLength(MiniRocketParameters.MinInputLength).RequireEqualLength();
        train.RequireFinite();
        int length = options.ReferenceLength ?? train.MaxLength;
        if (length < MiniRocketParameters.MinInputLength)
            throw DataFormatException.At(train.Name, 0, $"the longest series has {length} time steps, but at least {MiniRocketParameters.MinInputLength} are needed to choose dilations; pad the series, or set ReferenceLength.");
        return (length, alwaysPads);
    }

    private void CheckSeries(ReadOnlySpan<float> series, int features)
    {
        int channels = Parameters.Channels;
        if (Parameters.AlwaysPads ? series.Length == 0 || series.Length % channels != 0 : series.Length != (long)channels * Parameters.InputLength)
        {
            string wanted = Parameters.AlwaysPads ? "any number of" : $"{Parameters.InputLength}";
            throw new ArgumentException(
                channels == 1
                    ? $"The series has {series.Length} time steps, but the transform was fitted for {wanted}{(Parameters.AlwaysPads ? " them from 1 on" : "")}."
                    : $"The series has {series.Length} values, but the transform was fitted for {channels} channels of {wanted} time steps.",
                nameof(series));
        }

        if (features != FeatureCount) throw new ArgumentException($"There is room for {features} features, but a series has {FeatureCount}.", nameof(features));
        if (!TensorPrimitives.IsFiniteAll(series)) throw NotFinite(series);
    }

    /// <summary>Checks that series can be transformed.</summary>
    /// <param name="set">The series.</param>
    /// <exception cref="DataFormatException">They cannot.</exception>
    internal void CheckInput(SeriesSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0) return;
        if (set.Channels != Parameters.Channels)
        {
            string has = set.Channels == 1 ? "1 channel" : $"{set.Channels} channels";
            throw DataFormatException.At(set.Name, 0, $"the series have {has}, but the transform was fitted for {Parameters.Channels}.");
        }

        if (Parameters.AlwaysPads)
        {
            set.RequireMinLength(1);
        }
        else
        {
            set.RequireEqualLength();
            if (set.MaxLength != Parameters.InputLength)
                throw DataFormatException.At(set.Name, 0, $"the series have {set.MaxLength} time steps, but the transform was fitted for {Parameters.InputLength}; resample them, or fit a transform for this length.");
        }

        set.RequireFinite();
    }

    private DataFormatException NotFinite(ReadOnlySpan<float> series)
    {
        int index = 0;
        while (float.IsFinite(series[index])) index++;
        (int channel, int position) = Math.DivRem(index, series.Length / Parameters.Channels);
        string where = Parameters.Channels == 1 ? $"at position {position}" : $"of channel {channel} at position {position}";
        string value = float.IsNaN(series[index]) ? "missing (NaN); interpolate it" : "infinite; correct it";
        return new DataFormatException($"The series' value {where} is {value}.");
    }
}
