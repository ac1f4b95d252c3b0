using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Which rows <c>paginatedClusters</c> puts on a page.</summary>
public sealed class ClusterPageTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await api.ForgetClustersAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Without_arguments_the_newest_25_come_newest_first_with_the_number_of_all()
    {
        await AddAsync(27);

        await PageAssert.ShowsAsync(api.Admin, "", 27, Names(27, 3));
    }

    [Fact]
    public async Task An_empty_control_plane_has_an_empty_page()
        => await PageAssert.ShowsAsync(api.Admin, "", 0);

    [Theory]
    [InlineData("take: 1", 102, 102)]
    [InlineData("take: 100", 102, 3)]
    [InlineData("take: -1", 102, 3)]
    [InlineData("take: null", 102, 78)]
    public async Task Take_is_the_number_of_clusters_on_a_page(string arguments, int first, int last)
    {
        await AddAsync(102);

        await PageAssert.ShowsAsync(api.Admin, arguments, 102, Names(first, last));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(101)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Any_other_take_is_refused_with_the_limits(int take)
        => await PageAssert.RefusesAsync(
            api.Admin, $"take: {take}", $"take is {take}, but must be 1 to 100, or -1 for as many as one page may have (100).", "BAD_USER_INPUT");

    [Fact]
    public async Task A_page_starts_after_its_cursor_and_the_count_stays_that_of_all()
    {
        await AddAsync(5);

        await PageAssert.ShowsAsync(api.Admin, $"take: 2, cursor: \"{StoredClusters.Id(4)}\"", 5, "c3", "c2");
        await PageAssert.ShowsAsync(api.Admin, $"take: 2, cursor: \"{StoredClusters.Id(2)}\"", 5, "c1");
        await PageAssert.ShowsAsync(api.Admin, $"take: 2, cursor: \"{StoredClusters.Id(1)}\"", 5);
    }

    [Fact]
    public async Task A_cursor_is_found_whatever_the_case_of_its_letters()
    {
        await AddAsync(11);

        await PageAssert.ShowsAsync(api.Admin, $"cursor: \"{StoredClusters.Id(11).ToString().ToUpperInvariant()}\"", 11, Names(10, 1));
    }

    [Theory]
    [InlineData("cursor: \"\"")]
    [InlineData("cursor: null")]
    public async Task An_empty_cursor_starts_at_the_beginning(string arguments)
    {
        await AddAsync(2);

        await PageAssert.ShowsAsync(api.Admin, arguments, 2, "c2", "c1");
    }

    [Fact]
    public async Task A_cursor_outside_the_filter_still_marks_its_place()
    {
        await api.AddClustersAsync(
            StoredClusters.Make(1, region: "north"),
            StoredClusters.Make(2, region: "south"),
            StoredClusters.Make(3, region: "north"));

        await PageAssert.ShowsAsync(api.Admin, $"region: \"north\", cursor: \"{StoredClusters.Id(2)}\"", 2, "c1");
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-00000000ffff")]
    [InlineData("no id of ours")]
    [InlineData("ckn09stlt26041rkjuzg9rz3n")]
    public async Task A_cursor_that_names_no_cluster_is_an_error_and_not_an_empty_page(string cursor)
    {
        await AddAsync(2);

        await PageAssert.RefusesAsync(
            api.Admin,
            $"cursor: \"{cursor}\"",
            $"There is no cluster with the id '{cursor}' to start after. Start again without a cursor.",
            "CURSOR_NOT_FOUND");
    }

    [Fact]
    public async Task A_cursor_that_the_caller_may_not_see_is_as_unknown()
    {
        var workspace = await api.AddWorkspaceAsync("others");
        await api.AddClustersAsync(StoredClusters.Make(1), StoredClusters.Make(2, workspaces: [workspace]));

        await PageAssert.RefusesAsync(
            api.Plain,
            $"cursor: \"{StoredClusters.Id(2)}\"",
            $"There is no cluster with the id '{StoredClusters.Id(2)}' to start after. Start again without a cursor.",
            "CURSOR_NOT_FOUND");
    }

    [Fact]
    public async Task An_unknown_cursor_is_an_error_where_only_the_count_is_asked_for()
    {
        await AddAsync(2);

        AnswerAssert.Refuses(
            "paginatedClusters",
            $"There is no cluster with the id '{StoredClusters.Id(9)}' to start after. Start again without a cursor.",
            "CURSOR_NOT_FOUND",
            await api.Admin.SendAsync(
                $"{{ paginatedClusters(cursor: \"{StoredClusters.Id(9)}\") {{ count }} }}", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, "c5", "c4")]
    [InlineData(1, "c3", "c2")]
    [InlineData(2, "c1")]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task Pages_are_numbered_from_0(int pageNumber, params string[] names)
    {
        await AddAsync(5);

        await PageAssert.ShowsAsync(api.Admin, $"take: 2, pageNumber: {pageNumber}", 5, names);
    }

    [Fact]
    public async Task A_negative_page_is_refused()
        => await PageAssert.RefusesAsync(api.Admin, "pageNumber: -1", "pageNumber is -1, but the first page is 0.", "BAD_USER_INPUT");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_cursor_and_a_page_number_together_are_refused(int pageNumber)
        => await PageAssert.RefusesAsync(
            api.Admin,
            $"cursor: \"{StoredClusters.Id(1)}\", pageNumber: {pageNumber}",
            "Give either cursor or pageNumber, not both.",
            "BAD_USER_INPUT");

    [Fact]
    public async Task An_empty_cursor_goes_with_a_page_number()
    {
        await AddAsync(3);

        await PageAssert.ShowsAsync(api.Admin, "take: 2, cursor: \"\", pageNumber: 1", 3, "c1");
    }

    private static string[] Names(int first, int last) => [.. Enumerable.Range(last, first - last + 1).Reverse().Select(n => $"c{n}")];

    /// <summary>Clusters c1 to cN, all registered at the same moment: the ids alone tell which is newest.</summary>
    private Task AddAsync(int clusters) => api.AddClustersAsync([.. Enumerable.Range(1, clusters).Select(n => StoredClusters.Make(n))]);
}
