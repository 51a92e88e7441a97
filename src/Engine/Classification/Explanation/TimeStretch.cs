namespace FastNets.Classification.Explanation;

/// <summary>Some time steps one after another, and what they contribute together.</summary>
/// <param name="Start">The first time step.</param>
/// <param name="Length">The number of time steps.</param>
/// <param name="Contribution">The sum over these steps and all channels.</param>
public readonly record struct TimeStretch(int Start, int Length, double Contribution);
