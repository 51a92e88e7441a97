using FastNets.Generators.Model;

namespace FastNets.Generators.Planning;

/// <summary>The blocks of a network, each behind those that it reads, and which output is the network's.</summary>
internal sealed class BlockGraph
{
    public List<Block> Blocks { get; } = [];

    /// <summary>What the network gives.</summary>
    public Port Output { get; set; } = Port.NetworkInput;

    public int UsesOf(Port port) => Blocks.Sum(b => b.Inputs.Count(p => p == port)) + (Output == port ? 1 : 0);

    /// <summary>The elements a sample of an output.</summary>
    public Size LengthOf(Port port) => Blocks[port.Block].LengthOf(port.Output);

    public Port Add(Block block)
    {
        Blocks.Add(block);
        return new Port(Blocks.Count - 1);
    }
}
