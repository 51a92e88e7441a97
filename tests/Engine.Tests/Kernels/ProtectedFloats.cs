using System.Runtime.InteropServices;
using NUnit.Framework;

namespace FastNets.Engine.Tests.Kernels;

/// <summary>Numbers that end where a page begins that must not be touched: a read beyond them ends the process.</summary>
internal sealed unsafe partial class ProtectedFloats : IDisposable
{
    private const int None = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private static readonly int Page = Environment.SystemPageSize;
    private readonly byte* _base;
    private readonly nuint _bytes;

    public ProtectedFloats(ReadOnlySpan<float> values)
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Guard pages are set up with mmap.");
        nuint payload = (nuint)values.Length * sizeof(float);
        nuint pages = (payload + (nuint)Page - 1) / (nuint)Page;
        _bytes = (pages + 2) * (nuint)Page;
        _base = (byte*)Map(null, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (_base == (byte*)-1) throw new InvalidOperationException("mmap failed.");
        if (Protect(_base, (nuint)Page, None) != 0 || Protect(_base + ((pages + 1) * (nuint)Page), (nuint)Page, None) != 0)
            throw new InvalidOperationException("mprotect failed.");
        Pointer = (float*)(_base + ((pages + 1) * (nuint)Page) - payload);
        Length = values.Length;
        values.CopyTo(Span);
    }

    public float* Pointer { get; }

    public int Length { get; }

    public Span<float> Span => new(Pointer, Length);

    public void Dispose()
    {
        if (Unmap(_base, _bytes) != 0) throw new InvalidOperationException("munmap failed.");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
