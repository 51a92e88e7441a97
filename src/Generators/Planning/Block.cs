using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Planning;

/// <summary>Which of a sequence's rows come first in memory.</summary>
internal enum RowOrder
{
    /// <summary>[batch, steps, columns]: samples one after another. What is no sequence has this order.</summary>
    BatchFirst,

    /// <summary>[steps, batch, columns]: what recurrent layers work on.</summary>
    TimeFirst,
}

/// <summary>One of a block's outputs.</summary>
/// <param name="Block">The block's number; -1 for the network's input.</param>
/// <param name="Output">Which of its outputs.</param>
internal readonly record struct Port(int Block, int Output = 0)
{
    public static readonly Port NetworkInput = new(-1);

    public bool IsNetworkInput => Block < 0;
}

/// <summary>A run of neighbouring layers that become one operation forward and one pass less backward.</summary>
internal abstract class Block(string label, ShapedLayer layer, params Port[] inputs)
{
    /// <summary>The layers' names, for comments and buffer names.</summary>
    public string Label { get; set; } = label;

    /// <summary>The layer that it begins with.</summary>
    public ShapedLayer Layer { get; } = layer;

    public Port[] Inputs { get; set; } = inputs;

    /// <summary>The order of the rows of what it gives.</summary>
    public RowOrder Order { get; init; }

    /// <summary>What follows in the same pass.</summary>
    public Tail Tail { get; set; } = Tail.Empty;

    /// <summary>Whether functions can go into the same pass.</summary>
    public virtual bool TakesFunctions => false;

    /// <summary>Whether this function can.</summary>
    public virtual bool Takes(TailFunction function) => TakesFunctions;

    /// <summary>Whether a dropout can go into the same pass.</summary>
    public virtual bool TakesDropout => false;

    /// <summary>Whether it has parameters that an optimizer moves.</summary>
    public virtual bool Learns => false;

    /// <summary>Whether a gradient goes through it to its inputs.</summary>
    public virtual bool PassesGradient => true;

    /// <summary>Whether its output is a buffer of its own, beginning at the buffer's beginning.</summary>
    public virtual bool GivesWholeBuffer => true;

    /// <summary>The elements a sample of its first output.</summary>
    public virtual Size Length => Layer.Output.Length;

    /// <summary>The elements a sample of one of its outputs.</summary>
    public virtual Size LengthOf(int output) => Length;

    public abstract void Forward(ForwardPass pass);

    /// <summary>Takes the gradients by its outputs, gives those by its inputs.</summary>
    public virtual void Backward(BackwardPass pass)
    {
    }

    /// <summary>The block as inference runs it: without dropout.</summary>
    public Block ForInference(Func<Port, Port> map)
    {
        var copy = (Block)MemberwiseClone();
        copy.Tail = Tail.WithoutDropout;
        copy.Inputs = [.. Inputs.Select(map)];
        return copy;
    }
}
