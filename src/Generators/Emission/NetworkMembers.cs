namespace FastNets.Generators.Emission;

/// <summary>The signatures of the methods of <c>Network</c> that are generated.</summary>
internal static class NetworkMembers
{
    public const string Forward = "Forward<TBackend>(TBackend backend, int batch, uint step)";
    public const string ComputeLoss = "ComputeLoss<TBackend>(TBackend backend, int batch, global::FastNets.Backends.TargetKind targets, bool gradient)";
    public const string Backward = "Backward<TBackend>(TBackend backend, int batch, uint step)";
    public const string Fold = "Fold<TBackend>(TBackend backend)";
    public const string Infer = "Infer<TBackend>(TBackend backend, int batch)";

    /// <summary>Those without which a class is not complete.</summary>
    public static readonly string[] Abstract = [Forward, ComputeLoss, Backward, Infer];
}
