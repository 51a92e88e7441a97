using System.Globalization;
using System.Text;
using FastNets.Cuda.Kernels;

namespace FastNets.Cuda.Driver;

/// <summary>All that is known about a call that failed; its text is the message of a <see cref="CudaException"/>.</summary>
internal sealed record CudaFailure
{
    /// <summary>The number that was returned.</summary>
    public required int Code { get; init; }

    /// <summary>Whether it is cuBLAS's and not the driver's.</summary>
    public bool IsCublas { get; init; }

    /// <summary>The function, as it is called in NVIDIA's documentation.</summary>
    public required string Operation { get; init; }

    /// <summary>The error's name.</summary>
    public required string Name { get; init; }

    /// <summary>The library's words for it, or nothing.</summary>
    public string Text { get; init; } = "";

    /// <summary>The device, as "cuda:0 (NVIDIA A100)".</summary>
    public string Device { get; init; } = "";

    /// <summary>The kernel that was launched or loaded, or the latest before; or null.</summary>
    public string? Kernel { get; init; }

    /// <summary>On what the kernel was launched, or null.</summary>
    public LaunchShape? Shape { get; init; }

    /// <summary>Whether the kernel was launched before, and the failing call is another one.</summary>
    public bool IsLater { get; init; }

    /// <summary>What was computed, where that is not a kernel of our own; or null.</summary>
    public string? What { get; init; }

    /// <summary>Whether the device was lost by this failure before, and is asked for something again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>As cuDriverGetVersion gives it, or 0.</summary>
    public int DriverVersion { get; init; }

    /// <summary>The compiler's log, or null.</summary>
    public string? JitLog { get; init; }

    /// <summary>How many bytes were asked for, or 0.</summary>
    public long AskedBytes { get; init; }

    /// <summary>How many bytes of the device were free then, or below 0 where that is not known or doesn't matter.</summary>
    public long FreeBytes { get; init; } = -1;

    /// <summary>The device's memory, or 0.</summary>
    public long TotalBytes { get; init; }

    /// <summary>How much dynamic shared memory a block was to have, or 0.</summary>
    public long AskedShared { get; init; }

    /// <summary>How much it can have.</summary>
    public long MostShared { get; init; }

    /// <summary>Whether memory was missing.</summary>
    public bool IsOutOfMemory => IsCublas ? (CublasStatus)Code == CublasStatus.AllocFailed : (CudaResult)Code == CudaResult.OutOfMemory;

    /// <summary>Whether it happened in a context, which may be lost by it.</summary>
    public bool IsInContext { get; init; }

    /// <summary>Whether nothing works in the context from here on.</summary>
    public bool BreaksContext => IsInContext && !IsCublas && ((CudaResult)Code).BreaksContext();

    /// <summary>The message.</summary>
    public override string ToString()
    {
        var message = new StringBuilder();
        if (IsRepeated) message.Append("The device can't be used any more since this happened: ");
        message.Append(Operation);
        if (What is not null) message.Append(" of ").Append(What);
        if (Kernel is not null && !IsLater) message.Append(CultureInfo.InvariantCulture, $" of {Kernel}{(Shape is { } shape ? $" on {shape}" : "")}");
        message.Append(" failed");
        if (Device.Length > 0) message.Append(" on ").Append(Device);
        message.Append(": ").Append(Text.Length > 0 ? $"{Text} ({Name}, {Code.ToString(CultureInfo.InvariantCulture)})" : $"{Name} ({Code.ToString(CultureInfo.InvariantCulture)})").Append('.');
        if (IsLater && Kernel is not null)
            message.Append(CultureInfo.InvariantCulture, $" The latest kernel before was {Kernel}{(Shape is { } shape ? $" on {shape}" : "")}; with CUDA_LAUNCH_BLOCKING=1 in the environment the error shows where it happens.");
        if (AskedBytes > 0)
        {
            message.Append(CultureInfo.InvariantCulture, $" {ByteText.Of(AskedBytes)} were asked for");
            if (FreeBytes >= 0) message.Append(CultureInfo.InvariantCulture, $"; {ByteText.Of(FreeBytes)} of {ByteText.Of(TotalBytes)} are free");
            message.Append('.');
        }

        if (AskedShared > 0) message.Append(CultureInfo.InvariantCulture, $" A block was to have {AskedShared} bytes of dynamic shared memory and can have {MostShared}.");
        string advice = IsCublas ? CudaAdvice.Of((CublasStatus)Code) : CudaAdvice.Of((CudaResult)Code, Operation);
        if (advice.Length > 0) message.Append(' ').Append(advice);
        if (BreaksContext) message.Append(" Everything that this process has on the GPU is lost: dispose the networks there, and build or load them again.");
        if (DriverVersion > 0 && (IsCublas ? CudaAdvice.IsAboutVersions((CublasStatus)Code) : CudaAdvice.IsAboutVersions((CudaResult)Code))) message.Append(CultureInfo.InvariantCulture, $" (The driver supports CUDA {VersionText.Of(DriverVersion)}.)");
        if (!string.IsNullOrEmpty(JitLog)) message.Append(" The driver's compiler said: ").Append(JitLog);
        return message.ToString();
    }
}
