using FastNets.Data;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Data;

public class OneHotTests
{
    [Test]
    public void Encodes_and_decodes()
    {
        float[] rows = [9, 9, 9, 9, 9, 9];
        OneHot.Encode([2, 0], 3, rows);
        rows.ShouldBe([0f, 0f, 1f, 1f, 0f, 0f]);
        int[] labels = new int[2];
        OneHot.Decode(rows, 3, labels);
        labels.ShouldBe([2, 0]);
    }

    [Test]
    public void Refuses_labels_and_rows_that_are_wrong()
    {
        Should.Throw<ArgumentException>(() => OneHot.Encode([3], 3, new float[3])).Message.ShouldContain("The label 3 is none of the classes 0 to 2");
        Should.Throw<ArgumentException>(() => OneHot.Encode([-1], 3, new float[3]));
        Should.Throw<ArgumentException>(() => OneHot.Encode([1], 3, new float[4])).Message.ShouldContain("need 3 elements, but there are 4");
        foreach (float[] row in new float[][] { [0, 0], [1, 1], [0.5f, 1], [1, float.NaN], [2, 0] })
            Should.Throw<ArgumentException>(() => OneHot.Decode(row, 2, new int[1])).Message.ShouldContain("Row 0 is not");
    }
}
