using System.Globalization;
using FastNets.Cuda;
using FastNets.Cuda.Driver;

namespace FastNets;

/// <summary>What a network computes on: the processor, or a GPU.</summary>
/// <remarks>A name only: nothing is looked for or opened before <see cref="Resolve(out string?)"/>. Devices of equal names are equal.</remarks>
public sealed record Device
{
    private const string Forms = "'cpu', 'cuda', 'cuda:N' with N from 0, 'auto', or a GPU followed by ',tf32'";

    private Device(DeviceKind kind, int ordinal = 0, bool tf32 = false) => (Kind, Ordinal, Tf32) = (kind, ordinal, tf32);

    /// <summary>The environment variable that names the default device: one of the forms of <see cref="Parse"/>.</summary>
    public const string EnvironmentVariable = "FASTNETS_DEVICE";

    private static Device? _default;

    /// <summary>The processor.</summary>
    public static Device Cpu { get; } = new(DeviceKind.Cpu);

    /// <summary>The first GPU that can be used or, where there is none, the processor.</summary>
    public static Device Auto { get; } = new(DeviceKind.Auto);

    /// <summary>
    /// Where networks and MiniRocket transforms are made; at first what the environment variable <see cref="EnvironmentVariable"/> names, else the processor. What exists already stays where it is.
    /// </summary>
    /// <exception cref="FormatException">The environment variable is no device's name.</exception>
    public static Device Default
    {
        get
        {
            if (_default is { } chosen) return chosen;
            string? name = Environment.GetEnvironmentVariable(EnvironmentVariable);
            try
            {
                return _default = string.IsNullOrWhiteSpace(name) ? Cpu : Parse(name);
            }
            catch (FormatException e)
            {
                throw new FormatException($"The environment variable {EnvironmentVariable}: {e.Message}");
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _default = value;
        }
    }

    /// <summary>What kind of device it is.</summary>
    public DeviceKind Kind { get; }

    /// <summary>The GPU's number, from 0, in the driver's order; 0 for others.</summary>
    public int Ordinal { get; }

    /// <summary>
    /// Whether the GPU's matrix products may use its tensor cores in TF32: factors are rounded to 10 bits of mantissa, sums are single precision. Faster, and less exact: about three decimal
    /// digits of a factor are kept.
    /// </summary>
    public bool Tf32 { get; }

    /// <summary>An NVIDIA GPU.</summary>
    /// <param name="ordinal">Its number, from 0, in the driver's order.</param>
    /// <param name="tf32">See <see cref="Tf32"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ordinal"/> is negative.</exception>
    public static Device Cuda(int ordinal = 0, bool tf32 = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        return new Device(DeviceKind.Cuda, ordinal, tf32);
    }

    /// <summary>Reads what <see cref="ToString"/> writes: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>cuda:0,tf32</c>, <c>auto</c>, in small or capital letters.</summary>
    /// <param name="text">The device's name.</param>
    /// <exception cref="FormatException">It is no device's name.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim().ToLowerInvariant();
        const string Option = ",tf32";
        bool tf32 = name.EndsWith(Option, StringComparison.Ordinal);
        if (tf32) name = name[..^Option.Length].TrimEnd();
        if (name == "cuda") return Cuda(0, tf32);
        if (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal))
            return Cuda(ordinal, tf32);
        return (name, tf32) switch
        {
            ("cpu", false) => Cpu,
            ("auto", false) => Auto,
            ("cpu" or "auto", true) => throw new FormatException($"'{text}' is no device: tf32 is a way to compute on a GPU, as in 'cuda:0,tf32'."),
            _ => throw new FormatException($"'{text}' is no device; devices are {Forms}."),
        };
    }

    /// <summary>What can be used here and now: the processor, then each usable GPU. Takes no memory of a GPU.</summary>
    public static IReadOnlyList<Device> Available()
    {
        List<Device> devices = [Cpu];
        int count = CudaContext.Count;
        for (int i = 0; i < count; i++)
        {
            if (CudaProbe.TryDevice(i, out _, out _)) devices.Add(Cuda(i));
        }

        return devices;
    }

    /// <summary>Makes sure that the device can be used, and decides for <see cref="Auto"/>.</summary>
    /// <param name="reason">Why <see cref="Auto"/> is not a GPU; else null.</param>
    /// <returns>The processor or a GPU, never <see cref="Auto"/>.</returns>
    /// <exception cref="CudaUnavailableException">The GPU that this names can't be used; the reason is in it.</exception>
    public Device Resolve(out string? reason)
    {
        reason = null;
        if (Kind == DeviceKind.Cpu) return this;
        if (Kind == DeviceKind.Cuda)
        {
            _ = CudaContext.Get(Ordinal);
            return this;
        }

        List<string> problems = [];
        int count = Math.Max(CudaContext.Count, 1);
        for (int i = 0; i < count; i++)
        {
            if (CudaContext.TryGet(i, out _, out CudaUnavailableException? problem)) return Cuda(i);
            problems.Add(problem.Message);
        }

        reason = string.Join(' ', problems.Distinct());
        return Cpu;
    }

    /// <summary>The same without the reason.</summary>
    /// <returns>The processor or a GPU, never <see cref="Auto"/>.</returns>
    /// <exception cref="CudaUnavailableException">The GPU that this names can't be used; the reason is in it.</exception>
    public Device Resolve() => Resolve(out _);

    /// <summary>The name, as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.Auto => "auto",
        _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{Ordinal}{(Tf32 ? ",tf32" : "")}"),
    };
}

/// <summary>Kinds of <see cref="Device"/>.</summary>
public enum DeviceKind
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>A GPU if there is one that can be used, else the processor.</summary>
    Auto,
}
