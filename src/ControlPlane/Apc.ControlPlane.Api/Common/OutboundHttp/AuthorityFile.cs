using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>
/// The authorities in a PEM file, read again when its content changes: secrets that are mounted are swapped under running programs. A file that cannot be used
/// leaves the authorities as they were.
/// </summary>
public sealed partial class AuthorityFile
{
    // Larger than every bundle of authorities there is.
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>How often the file is looked at, when authorities are asked for at all.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string? _path;
    private readonly TimeProvider _clock;
    private readonly ILogger? _logger;
    private readonly Lock _looking = new();
    private byte[] _content = [];
    private string? _problem;
    private long _looked;
    private volatile X509Certificate2Collection _authorities = [];

    /// <param name="path">The file; null for no authorities.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="logger">Told of a file that cannot be used; null where nobody is.</param>
    /// <exception cref="CryptographicException">The file holds no certificates.</exception>
    public AuthorityFile(string? path, TimeProvider clock, ILogger? logger)
    {
        _path = string.IsNullOrEmpty(path) ? null : path;
        _clock = clock;
        _logger = logger;
        _looked = clock.GetTimestamp();

        if (_path is not null)
        {
            Read(File.ReadAllBytes(_path));
        }
    }

    /// <summary>The authorities as they are now, give or take <see cref="Pause"/>.</summary>
    public X509Certificate2Collection Current
    {
        get
        {
            // Who comes while another one looks goes on with what there is.
            if (_path is not null && _clock.GetElapsedTime(Volatile.Read(ref _looked)) >= Pause && _looking.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    _looking.Exit();
                }
            }

            return _authorities;
        }
    }

    private void Look()
    {
        Volatile.Write(ref _looked, _clock.GetTimestamp());

        try
        {
            var content = new FileInfo(_path!) is { Exists: true, Length: > MaxBytes } ? throw new IOException("It is too large.") : File.ReadAllBytes(_path!);

            // By content: the time of a file that a link leads to may go back.
            if (!content.AsSpan().SequenceEqual(_content))
            {
                Read(content);
                Say(LogRead, _authorities.Count);
            }

            _problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Once for each problem, not with each look.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                Say(LogUnusable, e.Message);
            }
        }
    }

    private void Read(byte[] content)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(content));

        if (authorities.Count == 0)
        {
            throw new CryptographicException("It holds no certificate.");
        }

        (_content, _authorities) = (content, authorities);
    }

    private void Say<T>(Action<ILogger, string, T> line, T what)
    {
        if (_logger is not null)
        {
            line(_logger, _path!, what);
        }
    }

    [LoggerMessage(LogLevel.Information, "The authorities in {Path} have changed; there are {Count} now.")]
    private static partial void LogRead(ILogger logger, string path, int count);

    [LoggerMessage(LogLevel.Warning, "The authorities in {Path} cannot be read again; those read before stay trusted. {Problem}")]
    private static partial void LogUnusable(ILogger logger, string path, string problem);
}
