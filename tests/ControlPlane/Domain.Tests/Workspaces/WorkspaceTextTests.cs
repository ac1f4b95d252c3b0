using Apc.ControlPlane.Domain.Workspaces;

namespace Apc.ControlPlane.Domain.Tests.Workspaces;

public class WorkspaceTextTests
{
    [Theory]
    [InlineData("data", "data")]
    [InlineData("  Data platform ", "Data platform")]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData("one\ntwo", null)]
    [InlineData("bell\a", null)]
    public void A_label_is_one_line_without_blanks_around_it(string text, string? label) => Assert.Equal(label, WorkspaceText.Label(text));

    [Theory]
    [InlineData("what it is for", "what it is for")]
    [InlineData(" one\r\n\ttwo\n", "one\r\n\ttwo")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("bell\a", null)]
    [InlineData("null\0", null)]
    public void A_description_may_have_lines_and_tabs_but_no_other_control_characters(string text, string? description)
        => Assert.Equal(description, WorkspaceText.Description(text));

    [Theory]
    [InlineData(255, 4_096, true)]
    [InlineData(256, 4_097, false)]
    public void Both_have_a_longest_length(int label, int description, bool fits)
        => Assert.Equal((fits, fits), (WorkspaceText.Label(new string('x', label)) is not null, WorkspaceText.Description(new string('x', description)) is not null));
}
