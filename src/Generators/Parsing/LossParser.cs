using FastNets.Generators.Diagnostics;
using FastNets.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Parsing;

/// <summary>Reads the loss and its settings.</summary>
internal static class LossParser
{
    public static LossSpec Parse(AttributeData attribute, SettingReader reader, IssueSink issues)
    {
        var loss = new LossSpec(
            reader.Choice("Loss", LossKind.SoftmaxCrossEntropy),
            reader.Number("HuberDelta", 1f, v => v > 0 && !float.IsInfinity(v), "delta is a finite number above 0"),
            reader.Number("LabelSmoothing", 0f, v => v is >= 0 and < 1, "label smoothing is at least 0 and below 1"),
            reader.Number("FocalGamma", 2f, v => v > 0 && !float.IsInfinity(v), "gamma is a finite number above 0"),
            reader.Choice("Reduction", ReductionKind.Mean),
            reader.Flag("IgnoreMissing", false));
        Refuse("HuberDelta", loss.Kind == LossKind.Huber);
        Refuse("LabelSmoothing", loss.OfClasses);
        Refuse("FocalGamma", loss.Kind == LossKind.Focal);
        return loss;

        void Refuse(string setting, bool taken)
        {
            if (taken || !reader.Has(setting)) return;
            string own =
                (loss.Kind == LossKind.Huber ? "HuberDelta, " : "")
                + (loss.OfClasses ? "LabelSmoothing, " : "")
                + (loss.Kind == LossKind.Focal ? "FocalGamma, " : "");
            issues.Attribute(Descriptors.SettingNotTaken, attribute, setting, true, $"The loss {loss.Kind}", setting, own + "Reduction, IgnoreMissing");
        }
    }
}
