using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>
/// The authorities in a PEM file, read again when its content changes, because mounted secrets are replaced while the program runs. If the
/// file becomes unusable, the authorities stay as they were.
/// </summary>
public sealed partial class AuthorityFile
{
    // Larger than any usual bundle of authorities.
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Least time between two looks at the file, which happen when authorities are needed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string? _path;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _looking = new();
    private byte[] _content = [];
    private string? _problem;
    private long _looked;
    private volatile X509Certificate2Collection _authorities = [];

    /// <param name="path">The file; null or empty for no authorities.</param>
    /// <param name="logger">Gets changes and problems of the file; null for none.</param>
    /// <exception cref="CryptographicException">The file has no certificates.</exception>
    public AuthorityFile(string? path, TimeProvider clock, ILogger? logger)
    {
        _path = string.IsNullOrEmpty(path) ? null : path;
        _clock = clock;
        _logger = logger ?? NullLogger.Instance;
        _looked = clock.GetTimestamp();

        if (_path is not null)
        {
            Read(File.ReadAllBytes(_path));
        }
    }

    /// <summary>The authorities, at most <see cref="Pause"/> older than the file.</summary>
    public X509Certificate2Collection Current
    {
        get
        {
            // While another caller looks, the current authorities are used.
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
            if (new FileInfo(_path!) is { Exists: true, Length: > MaxBytes })
            {
                throw new IOException("It is too large.");
            }

            var content = File.ReadAllBytes(_path!);

            // Compared by content, because the time of a file behind a link may go back.
            if (!content.AsSpan().SequenceEqual(_content))
            {
                Read(content);
                LogRead(_path!, _authorities.Count);
            }

            _problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Once for each problem, not for each look.
            if (_problem != e.Message)
            {
                _problem = e.Message;
                LogUnusable(_path!, e.Message);
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

    [LoggerMessage(LogLevel.Information, "The authorities in {Path} have changed; there are {Count} now.")]
    private partial void LogRead(string path, int count);

    [LoggerMessage(LogLevel.Warning, "The authorities in {Path} cannot be read again; those read before stay trusted. {Problem}")]
    private partial void LogUnusable(string path, string problem);
}
