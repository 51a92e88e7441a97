using FastNets.Serialization;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Serialization;

public class AtomicFileTests
{
    [Test]
    public void Replaces_the_old_file_when_committed_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model", "old");
        using (var file = new AtomicFile(path))
        {
            file.Stream.Write("new"u8);
            File.ReadAllText(path).ShouldBe("old");
            file.Commit();
            Should.Throw<ObjectDisposedException>(file.Commit);
        }

        File.ReadAllText(path).ShouldBe("new");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
    }

    [Test]
    public void Keeps_the_old_file_when_writing_fails()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model", "old");
        Should.Throw<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1_000_000]);
            throw new InvalidDataException();
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
    }

    [Test]
    public void Removes_the_temporary_file_when_the_name_was_taken_by_a_folder_meanwhile()
    {
        using var folder = new TemporaryFolder();
        using var file = new AtomicFile(folder.File("model"));
        Directory.CreateDirectory(folder.File("model"));
        Should.Throw<SystemException>(file.Commit);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder.File("model")]);
    }

    [Test]
    public void Says_what_is_wrong_with_the_path()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<DirectoryNotFoundException>(() => new AtomicFile(folder.File("none/model"))).Message.ShouldContain("the folder");
        Should.Throw<IOException>(() => new AtomicFile(folder.Path)).Message.ShouldContain("is a folder");
    }

    [TestCase("/dev/stdout", true)]
    [TestCase("/dev/shm/../null", true)]
    [TestCase("/dev/shm/model", false)]
    [TestCase("/device/model", false)]
    [TestCase("model", false)]
    [Platform(Exclude = "Win")]
    public void Tells_devices_from_files(string path, bool device) => AtomicFile.IsDevice(path).ShouldBe(device);

    [Test]
    [Platform(Exclude = "Win")]
    public void Writes_a_device_without_replacing_it()
    {
        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));
        File.ReadAllText("/dev/null").ShouldBe("");
    }
}
