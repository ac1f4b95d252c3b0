using Apc.ControlPlane.Api.Settings;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The addresses to listen at, as <c>--urls</c> and <c>ASPNETCORE_URLS</c> give them.</summary>
internal static class ListenUrls
{
    /// <exception cref="SettingException">One of them is no address.</exception>
    public static void Check(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
            {
                throw new SettingException($"urls is '{url}'; allowed is http://<address>:<port> with a port from 0 to 65535, several of them separated by semicolons.");
            }
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Port: >= 0 and <= 65535, Scheme: "http" or "https" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
