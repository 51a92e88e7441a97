namespace FastNets.Rocket;

/// <summary>How far the transform of a source of series is.</summary>
/// <param name="SeriesDone">The number of series whose features are written, those of earlier runs included.</param>
/// <param name="SeriesTotal">The number of all series where it is known beforehand.</param>
/// <param name="BytesWritten">The number of bytes of the output so far.</param>
/// <param name="SeriesResumed">The number of series that an earlier run had done.</param>
/// <param name="SeriesLost">The number of series that the earlier run had done too, but which are missing from its partial file and are computed anew.</param>
public readonly record struct TransformProgress(long SeriesDone, long? SeriesTotal, long BytesWritten, long SeriesResumed = 0, long SeriesLost = 0);
