using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FastNets.Cuda.Driver;

/// <summary>What is known of a device before a context is made on it.</summary>
/// <param name="Ordinal">Its number, from 0.</param>
/// <param name="Handle">The driver's number for it.</param>
/// <param name="Name">Its name, as "NVIDIA A100-SXM4-80GB".</param>
/// <param name="ComputeCapability">What its instructions are, as 8.0.</param>
/// <param name="Multiprocessors">Its multiprocessors.</param>
/// <param name="SharedBytesOfBlock">The most shared memory that a block can have, in bytes.</param>
/// <param name="TotalBytes">Its memory.</param>
/// <param name="DriverVersion">The newest CUDA that the driver supports, as 12040 for 12.4.</param>
internal sealed record CudaDeviceFacts(
    int Ordinal, int Handle, string Name, Version ComputeCapability, int Multiprocessors, int SharedBytesOfBlock, long TotalBytes, int DriverVersion);

/// <summary>Looks whether there is a GPU that can be used, without taking any of its memory.</summary>
internal static class CudaProbe
{
    /// <summary>The oldest driver: PTX 7.0 is of CUDA 11.0, cuGraphInstantiateWithFlags of 11.4.</summary>
    public const int OldestDriver = 11040;

    /// <summary>What the kernels are compiled for: Ampere.</summary>
    public static readonly Version OldestCapability = new(8, 0);

    /// <summary>Loads and starts the driver.</summary>
    /// <param name="version">The newest CUDA that it supports.</param>
    /// <param name="count">How many devices it knows, at least 1.</param>
    /// <returns>Null, or why there is none.</returns>
    public static CudaUnavailableException? Driver(out int version, out int count)
    {
        (version, count) = (0, 0);
        if (CudaLibraries.LoadDriver() is { } missing) return missing;
        CudaResult result = CudaDriver.DriverGetVersion(out version);
        if (result != CudaResult.Success) return Failed("cuDriverGetVersion", result, 0);
        if (version < OldestDriver)
        {
            return new(
                CudaUnavailableReason.DriverTooOld,
                $"The NVIDIA driver ({CudaLibraries.DriverName}) supports CUDA {VersionText.Of(version)}; FastNets needs a driver of CUDA {VersionText.Of(OldestDriver)} or newer. Update it.");
        }

        result = CudaDriver.Init(0);
        if (result == CudaResult.NoDevice) return NoDevice();
        if (result != CudaResult.Success) return Failed("cuInit", result, version);
        result = CudaDriver.DeviceGetCount(out count);
        if (result != CudaResult.Success) return Failed("cuDeviceGetCount", result, version);
        return count == 0 ? NoDevice() : null;
    }

    /// <summary>Looks at a device, and whether there is a cuBLAS.</summary>
    /// <param name="ordinal">The device's number, from 0.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="problem">Why it can't be used.</param>
    public static bool TryDevice(int ordinal, [NotNullWhen(true)] out CudaDeviceFacts? facts, [NotNullWhen(false)] out CudaUnavailableException? problem)
    {
        facts = null;
        problem = Driver(out int version, out int count);
        if (problem is not null) return false;
        if ((uint)ordinal >= (uint)count)
        {
            string numbers = count == 1 ? "one GPU, cuda:0" : $"{count} GPUs, cuda:0 to cuda:{count - 1}";
            problem = new(CudaUnavailableReason.NoSuchDevice, $"There is no cuda:{ordinal}: the driver shows {numbers} (CUDA_VISIBLE_DEVICES in the environment hides some).");
            return false;
        }

        problem = Ask(ordinal, version, out CudaDeviceFacts? found);
        if (problem is null && found!.ComputeCapability < OldestCapability)
        {
            problem = new(
                CudaUnavailableReason.DeviceTooOld,
                $"cuda:{ordinal} ({found.Name}) has compute capability {found.ComputeCapability}; FastNets needs {OldestCapability} (Ampere) or newer. Use another GPU or the CPU.");
        }

        problem ??= CudaLibraries.LoadCublas(version);
        if (problem is not null) return false;
        facts = found!;
        return true;
    }

    /// <summary>cuBLAS's version, as "12.5", or the name that it was loaded by where it does not tell; without a context. It must have been loaded.</summary>
    public static string Cublas() => CublasDriver.GetVersion(0, out int version) == CublasStatus.Success
        ? string.Create(CultureInfo.InvariantCulture, $"{version / 10000}.{version % 10000 / 100}")
        : CudaLibraries.CublasName;

    private static CudaUnavailableException? Ask(int ordinal, int version, out CudaDeviceFacts? facts)
    {
        facts = null;
        Span<byte> name = stackalloc byte[256];
        CudaResult result = CudaDriver.DeviceGet(out int device, ordinal);
        if (result != CudaResult.Success) return Failed("cuDeviceGet", result, version);
        result = CudaDriver.DeviceGetName(name, device);
        if (result != CudaResult.Success) return Failed("cuDeviceGetName", result, version);
        result = CudaDriver.DeviceTotalMem(out nuint bytes, device);
        if (result != CudaResult.Success) return Failed("cuDeviceTotalMem", result, version);

        Span<int> values = stackalloc int[4];
        ReadOnlySpan<CudaDeviceAttribute> attributes =
            [CudaDeviceAttribute.ComputeCapabilityMajor, CudaDeviceAttribute.ComputeCapabilityMinor, CudaDeviceAttribute.Multiprocessors, CudaDeviceAttribute.SharedBytesOfBlockOptIn];
        for (int i = 0; i < attributes.Length; i++)
        {
            result = CudaDriver.DeviceGetAttribute(out values[i], attributes[i], device);
            if (result != CudaResult.Success) return Failed("cuDeviceGetAttribute", result, version);
        }

        int end = name.IndexOf((byte)0);
        facts = new(ordinal, device, Encoding.UTF8.GetString(end < 0 ? name : name[..end]), new Version(values[0], values[1]), values[2], values[3], (long)bytes, version);
        return null;
    }

    private static CudaUnavailableException NoDevice() => new(
        CudaUnavailableReason.NoDevice,
        "The NVIDIA driver is there, but shows no GPU. Look whether nvidia-smi lists one, and whether CUDA_VISIBLE_DEVICES in the environment hides it; in a container let the GPU in (--gpus all).");

    /// <summary>A call to a driver that is there has failed before there was a context.</summary>
    public static CudaUnavailableException Failed(string operation, CudaResult result, int version, string device = "")
    {
        var failure = new CudaException(CudaFailures.Of(result, operation) with { Device = device, DriverVersion = version });
        CudaUnavailableReason reason = result switch
        {
            CudaResult.OutOfMemory => CudaUnavailableReason.OutOfMemory,
            CudaResult.DeviceUnavailable => CudaUnavailableReason.DeviceBusy,
            CudaResult.NoDevice => CudaUnavailableReason.NoDevice,
            _ => CudaUnavailableReason.DriverFailed,
        };
        string start = reason switch
        {
            CudaUnavailableReason.OutOfMemory => "The GPU has not enough free memory to begin with.",
            CudaUnavailableReason.DeviceBusy => "Another process has the GPU to itself (its compute mode is exclusive, see nvidia-smi -q -d COMPUTE).",
            _ when device.Length > 0 && result.BreaksContext() => "The GPU was lost by an earlier error and can't be had back in this process; restart it.",
            _ => "The NVIDIA driver is there, but doesn't work.",
        };
        return new(reason, $"{start} {failure.Message}", failure);
    }
}
