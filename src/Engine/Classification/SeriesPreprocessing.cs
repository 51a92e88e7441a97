namespace FastNets.Classification;

/// <summary>What is done to each series before anything else, in training and in prediction.</summary>
public enum SeriesPreprocessing
{
    /// <summary>Nothing: level and size of the values count.</summary>
    None,

    /// <summary>Each channel of each series is moved and scaled to mean 0 and standard deviation 1 by its own values: only the shape counts. Most sets of the UCR archive come so.</summary>
    Standardize,
}
