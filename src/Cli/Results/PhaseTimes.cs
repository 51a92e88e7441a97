using FastNets.Classification;

namespace FastNets.Cli.Results;

/// <summary>How long the parts of a training run took, in seconds.</summary>
/// <param name="Read">Reading or making the series.</param>
/// <param name="Train">Training, part by part.</param>
/// <param name="Test">Measuring on the test series; about 0 where there are none.</param>
/// <param name="Total">From the beginning to the end of measuring.</param>
internal sealed record PhaseTimes(double Read, PhaseSeconds Train, double Test, double Total);
