using System.Diagnostics;
using System.Globalization;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>The account of the server programs: the host's, or an unprivileged one if that is root, which the server refuses.</summary>
internal sealed record ServerAccount(string? Name, int UserId, int GroupId)
{
    private const string Preferred = "postgres";

    private static readonly ServerAccount Ourselves = new(Name: null, -1, -1);

    /// <summary>Whether it is another account than the host's.</summary>
    public bool IsOther => Name is not null;

    /// <exception cref="EmbeddedPostgresException">The host runs as root and there is no account for the server.</exception>
    public static ServerAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Ourselves;
        }

        // name:password:uid:gid:…
        var entry = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .FirstOrDefault(fields => fields.Length > 3 && fields[0] == Preferred)
            ?? throw new EmbeddedPostgresException(
                $"PostgreSQL does not run as root, and there is no user {Preferred} to run it as. "
                + "Install the Debian package postgresql, which adds the user; start the control plane as another user than root; "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.");

        return new ServerAccount(Preferred, Id(entry[2]), Id(entry[3]));
    }

    /// <summary>The account that owns existing data: another one if the host was started as root only later.</summary>
    public async Task<ServerAccount> OfExistingAsync(string pgData, CancellationToken cancellationToken)
    {
        if (!IsOther)
        {
            return this;
        }

        var (exitCode, output) = await Ourselves.RunAsync("stat", ["-c", "%u %g %U", pgData], input: null, cancellationToken);
        var owner = output.Split(' ');

        return exitCode == 0 && owner[0] != "0"
            ? new ServerAccount(owner[2], Id(owner[0]), Id(owner[1]))
            : this;
    }

    /// <summary>How to start a program under the account.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments) => IsOther
        ? ChildProgram.Of("setpriv", [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--", program, .. arguments])
        : ChildProgram.Of(program, arguments);

    /// <summary>Whether the account can enter, read and write a folder.</summary>
    public async Task<bool> CanUseAsync(string folder, CancellationToken cancellationToken)
    {
        var (exitCode, _) = await RunAsync(
            "sh", ["-c", "cd \"$1\" && test -r . && test -w .", "sh", folder], input: null, cancellationToken);
        return exitCode == 0;
    }

    /// <summary>Runs a program to its end. Returns its exit code and its output, with that of standard error.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, string? input, CancellationToken cancellationToken)
    {
        var start = Command(program, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;

        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
            }

            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
    private static int Id(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
