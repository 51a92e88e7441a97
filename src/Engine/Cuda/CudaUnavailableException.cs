namespace FastNets.Cuda;

/// <summary>A GPU was asked for that can't be used.</summary>
/// <remarks>Nothing is remembered: a later attempt looks anew.</remarks>
public sealed class CudaUnavailableException : Exception
{
    /// <summary>Makes the exception with the default text.</summary>
    public CudaUnavailableException()
        : this("No GPU can be used.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    public CudaUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    /// <param name="inner">What was thrown underneath.</param>
    public CudaUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="reason">What is missing.</param>
    /// <param name="message">The same in words, and what to do.</param>
    /// <param name="inner">What was thrown underneath, if anything was.</param>
    public CudaUnavailableException(CudaUnavailableReason reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>What is missing.</summary>
    public CudaUnavailableReason Reason { get; }
}
