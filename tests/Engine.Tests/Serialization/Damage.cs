using FastNets.Data;
using FastNets.Random;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

/// <summary>Damages small valid files in many ways: a reader may accept or refuse, but nothing else.</summary>
internal static class Damage
{
    // What one small damaged file may make a reader allocate: buffers and a decompressed block, not what a lying header asks for.
    private const long AllocationLimit = 32 << 20;

    public static void Check(byte[] valid, Action<byte[]> read, int rounds = 400)
    {
        read(valid);
        int refused = 0;
        var random = new PhiloxStream(20, (ulong)valid.Length);
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = Mutate(valid, ref random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(damaged);
            }
            catch (DataFormatException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new ShouldAssertException($"Round {round} gave {e.GetType()}: {Convert.ToBase64String(damaged)}", e);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(AllocationLimit, $"Round {round}: {Convert.ToBase64String(damaged)}");
        }

        refused.ShouldBeGreaterThan(0);
    }

    private static byte[] Mutate(byte[] valid, ref PhiloxStream random)
    {
        var bytes = new List<byte>(valid);
        int changes = 1 + random.NextInt32(4);
        for (int change = 0; change < changes && bytes.Count > 0; change++)
        {
            // Headers are where lies hurt: half of the damage goes into the first bytes.
            int at = random.NextInt32(random.NextInt32(2) == 0 ? Math.Min(bytes.Count, 64) : bytes.Count);
            switch (random.NextInt32(7))
            {
                case 0:
                    bytes[at] = (byte)random.NextUInt32();
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.NextInt32(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + random.NextInt32(16), bytes.Count - at));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.Insert(at, (byte)random.NextUInt32());
                    break;
                case 5:
                    bytes[at] = Telling[random.NextInt32(Telling.Length)];
                    break;
                default:
                    int length = Math.Min(1 + random.NextInt32(32), bytes.Count - at);
                    bytes.InsertRange(random.NextInt32(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[] Telling = [.. "0918-+.eE,:;?@{}()[]'\"\\\n\r\t #nN"u8, 0, 0x7F, 0x80, 0xFF];
}
