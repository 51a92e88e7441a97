namespace FastNets.Generators.Helpers;

/// <summary>What the stages of the pipeline are called, so that tests can ask why one ran.</summary>
internal static class TrackingNames
{
    public const string Spec = "FastNets.Spec";
    public const string Declared = "FastNets.Declared";
    public const string Text = "FastNets.Text";
}
