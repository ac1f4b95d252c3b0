using Apc.ControlPlane.Api.Access.Quotas;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

public class FailureWindowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FailureWindows _windows = new(limit: 2, window: TimeSpan.FromMinutes(5), maxKeys: 3);

    [Fact]
    public void Never_remembers_more_keys_than_allowed_and_forgets_the_longest_quiet_first()
    {
        _windows.Add("a", Noon);
        _windows.Add("b", Noon.AddSeconds(1));
        _windows.Add("c", Noon.AddSeconds(2));
        _windows.Add("a", Noon.AddSeconds(3));
        _windows.Add("d", Noon.AddSeconds(4));
        _windows.Add("b", Noon.AddSeconds(5));

        Assert.Equal(3, _windows.Count);
        Assert.Equal(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5), _windows.Wait("a", Noon.AddSeconds(5)));
        Assert.Equal(TimeSpan.Zero, _windows.Wait("b", Noon.AddSeconds(5)));
    }

    [Fact]
    public void Forgets_a_key_with_its_last_failure()
    {
        _windows.Add("a", Noon);
        _windows.RemoveNewest("a");
        _windows.RemoveNewest("a");

        Assert.Equal(0, _windows.Count);
    }
}
