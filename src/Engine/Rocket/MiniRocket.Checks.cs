using System.Numerics.Tensors;
using FastNets.Data;

namespace FastNets.Rocket;

/// <content>Whether series can be transformed.</content>
public sealed unsafe partial class MiniRocket
{
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

    private void CheckInput(SeriesSet set)
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
