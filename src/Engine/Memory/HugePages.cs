using System.Runtime.InteropServices;

namespace FastNets.Memory;

/// <summary>Asks the system for large pages behind large blocks.</summary>
/// <remarks>
/// A fresh block costs a page fault for each page of 4 KiB that is touched first: for the features of 1000 series that was
/// measured to take as long as computing them. With pages of 2 MiB there are 512 times fewer. A hint only: a system that has none
/// to give, or no such call, changes nothing but the time.
/// </remarks>
internal static unsafe partial class HugePages
{
    /// <summary>The size of a large page on x86-64 and, mostly, on ARM64; what blocks should be aligned to.</summary>
    public const uint Size = 2 << 20;

    private const int AdviseHugePage = 14;

    /// <summary>Whether it is worth asking for a block of so many bytes.</summary>
    /// <param name="bytes">The block's length.</param>
    public static bool AreWorthwhile(nuint bytes) => OperatingSystem.IsLinux() && bytes >= 2 * Size;

    /// <summary>Asks.</summary>
    /// <param name="address">The block, aligned to <see cref="Size"/>.</param>
    /// <param name="bytes">Its length.</param>
    public static void Ask(void* address, nuint bytes)
    {
        try
        {
            // The answer does not matter: without large pages the block is as good as before.
            _ = Advise(address, bytes, AdviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A Linux whose C library has another name.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
