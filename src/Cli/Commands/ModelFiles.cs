namespace FastNets.Cli.Commands;

/// <summary>What the commands say of model files.</summary>
internal static class ModelFiles
{
    /// <summary>Which files can be read.</summary>
    public const string Description = "A model that 'fastnets train --out' wrote";
}
