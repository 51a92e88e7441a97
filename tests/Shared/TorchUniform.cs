namespace FastNets.Tests.Shared;

/// <summary>The uniform numbers of <c>torch.rand(n, dtype=torch.float64)</c> after <c>torch.manual_seed(seed)</c> on the CPU.</summary>
/// <remarks>
/// The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998); each number is the lower 53 bits of two 32-bit words, the first
/// word above the second. Layers of PyTorch draw their default weights from it one after another:
/// (2 u - 1) / sqrt(fan-in) for the weights and biases of a linear layer.
/// </remarks>
public sealed class TorchUniform
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public TorchUniform(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++) _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
    }

    /// <summary>The next number, in [0, 1).</summary>
    public double Next()
    {
        ulong high = NextWord();
        ulong low = NextWord();
        return (((high << 32) | low) & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));
    }

    public void Skip(int numbers)
    {
        for (int i = 0; i < numbers; i++) Next();
    }

    private uint NextWord()
    {
        if (_next == Size) Twist();
        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680u;
        y ^= (y << 15) & 0xEFC60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % Size] & 0x7FFFFFFFu);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DFu);
        }

        _next = 0;
    }
}
